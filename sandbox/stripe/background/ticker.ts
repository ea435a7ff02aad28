/**
 * Looks for work: soon after each wake, again at once while a look says that there is more, else
 * after a pause.
 */
export class Ticker {
  readonly #idleMs: number;
  readonly #look: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #scheduled = false;
  #stopped = false;

  /** `look` does what there is to do, and says whether there is more. */
  constructor(idleMs: number, look: () => boolean) {
    this.#idleMs = idleMs;
    this.#look = look;
  }

  wake(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => this.#tick());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #tick(): void {
    this.#scheduled = false;
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    if (this.#look()) return this.wake();
    this.#timer = setTimeout(() => this.wake(), this.#idleMs);
    this.#timer.unref();
  }
}
