export const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

export const asSentence = (words: string): string => `${capital(words)}.`;
