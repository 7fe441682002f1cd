/** Whether the service was told to stop. Health and every answer tell those outside. */
export class Stopping {
  #isUnderWay = false;

  get isUnderWay(): boolean {
    return this.#isUnderWay;
  }

  begin(): void {
    this.#isUnderWay = true;
  }
}
