const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds by the two units that say most: `2 hr 10 min`, `40 sec`. */
export function durationInWords(seconds: number): string {
  const largest = UNITS.findIndex(([, size]) => seconds >= size);
  const words = (largest === -1 ? UNITS.slice(-1) : UNITS.slice(largest, largest + 2)).map(([unit, size], place) => {
    const count = Math.floor((place === 0 ? seconds : seconds % UNITS[largest]![1]) / size);
    const format = new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'short' });
    return count === 0 && place > 0 ? null : format.format(count);
  });
  return words.filter((word) => word !== null).join(' ');
}
