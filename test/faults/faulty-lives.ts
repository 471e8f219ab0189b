/** Tests made of a list of faults. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { engineFor } from "../engine/engine-stack";
import { assertRight, killedLife, type Point, pointText, type Row, summary } from "./killed-life";
import type { KindName } from "./kinds";

export interface FaultyLife {
  readonly kind: KindName;
  readonly point: Point;
}

/** One test per life; the fault strikes its `up`, its rename and its `destroy` at the same point. */
export function faultyLives(title: string, lives: readonly FaultyLife[]): void {
  describe(title, () => {
    const rows: Row[] = [];
    const home = mkdtempSync(join(tmpdir(), "fcrdns-killed-home-"));
    after(() => {
      rmSync(home, { recursive: true, force: true });
      if (rows.length > 0) console.log(summary(rows));
    });
    for (const { kind, point } of lives) {
      test(`${kind}, ${pointText(point)}`, async (t) => {
        const engine = await engineFor(t);
        if (engine === null) return;
        if (!existsSync("/proc/self/environ")) return t.skip("processes are found in /proc, which this system has not");
        const { rows: own, beyond } = await killedLife(engine, home, kind, point);
        rows.push(...own);
        for (const row of own) {
          t.diagnostic(JSON.stringify(row));
          assertRight(row);
        }
        if (beyond.length > 0) t.diagnostic(`ended before the point: ${beyond.join(", ")}`);
        if (own.length === 0) throw new Error(`no run has ${pointText(point)}`);
      });
    }
  });
}
