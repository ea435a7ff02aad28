export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A part of a day by the clock on the wall, `[from, to)`, as `HH:MM`; `24:00` is the day's end. */
export type Hours = { from: string; to: string };

/** The hours of each weekday in order, apart from each other; a day that is left out has none. */
export type WorkingHours = Partial<Record<Weekday, Hours[]>>;
