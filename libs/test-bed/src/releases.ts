type Release = () => Promise<unknown>;

/** What has to be given back, last taken first: a server left behind keeps the test run from ending. */
export class Releases {
  private readonly pending: Release[] = [];

  keep<Resource>(resource: Resource, release: (resource: Resource) => Promise<unknown>): Resource {
    this.pending.unshift(() => release(resource));
    return resource;
  }

  /** All of them, whatever fails; then the first failure. */
  async all(): Promise<void> {
    const failures: unknown[] = [];
    for (const release of this.pending.splice(0)) {
      await release().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
