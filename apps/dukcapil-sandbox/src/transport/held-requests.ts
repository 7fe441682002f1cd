import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { DukcapilSandboxConfig } from '../config.js';

/** Callers kept waiting by a condition; a stop lets them go, or it would wait for them. */
@Injectable()
export class HeldRequests implements OnModuleDestroy {
  private readonly releases = new Set<() => void>();

  constructor(@Inject(SERVICE_CONFIG) private readonly config: DukcapilSandboxConfig) {}

  async hold(): Promise<void> {
    await new Promise<void>((resolve) => {
      const release = () => {
        clearTimeout(timer);
        this.releases.delete(release);
        resolve();
      };
      const timer = setTimeout(release, this.config.HANG_MS);
      this.releases.add(release);
    });
  }

  onModuleDestroy(): void {
    for (const release of [...this.releases]) release();
  }
}
