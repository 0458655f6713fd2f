import type { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { formatLine, Narrator } from '../../../golden-images/src/report/narrator';
import type { Check } from '../../../golden-images/src/report/report';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

/** The story cannot go on. Why, its last check says. */
export class StoryEnded extends Error {}

/** Tells what happens, and keeps count of what should have happened. */
export class Story {
  public readonly checks: Check[] = [];
  public readonly narrator: Narrator;

  public constructor(local: LocalAws, private readonly print: (text: string) => void) {
    const parameters = local.world.get(SsmService);
    this.narrator = new Narrator(local.world, (name) => parameters.value(name), (line) => print(formatLine(line)));
  }

  public chapter(title: string): void {
    this.print(`\n── ${title}`);
  }

  public say(text: string): void {
    this.narrator.say(text);
  }

  /** Records whether something that was promised is so. */
  public check(what: string, holds: boolean, seen: string): void {
    this.checks.push({ what, holds, seen });
    this.print(`${' '.repeat(19)}  ${holds ? '✔' : '✘'} ${what} (${seen})`);
  }

  /** As `check`, of something without which the story cannot go on. Throws `StoryEnded`. */
  public require(what: string, holds: boolean, seen: string): void {
    this.check(what, holds, seen);
    if (!holds) throw new StoryEnded();
  }

  public get failed(): Check[] {
    return this.checks.filter((check) => !check.holds);
  }
}
