import { describe, expect, it } from "vitest";
import { z } from "zod";
import { OptionsError } from "../src/errors.ts";
import { analysisOptionsSchema, DEFAULT_OPTIONS, parseOptions } from "../src/options.ts";

/** What is wrong with options, in the words the user sees. */
function complaint(input: unknown): string {
  try {
    parseOptions(input);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionsError);
    expect((error as OptionsError).code).toBe("options-invalid");
    expect((error as OptionsError).advice).not.toBe("");
    return (error as OptionsError).message;
  }
  throw new Error("these options were taken");
}

interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly description?: string;
  readonly unit?: string;
  readonly source?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** Every option with its dotted name, from the schema as JSON. */
function everyOption(): [name: string, node: SchemaNode][] {
  const walk = (node: SchemaNode, path: readonly string[]): [string, SchemaNode][] =>
    node.properties
      ? Object.entries(node.properties).flatMap(([name, child]) => walk(child, [...path, name]))
      : [[path.join("."), node]];
  return walk(z.toJSONSchema(analysisOptionsSchema, { io: "input" }) as SchemaNode, []);
}

/** The input with one option set. */
function withOption(name: string, value: unknown): unknown {
  return name.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function optionOf(options: unknown, name: string): unknown {
  return name.split(".").reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], options);
}

const OPTIONS = everyOption();
const NUMBERS = OPTIONS.filter(([name]) => typeof optionOf(DEFAULT_OPTIONS, name) === "number");

describe("parseOptions", () => {
  it("takes nothing for the defaults, and any part of them", () => {
    for (const nothing of [undefined, null, {}]) expect(parseOptions(nothing)).toEqual(DEFAULT_OPTIONS);
    const some = parseOptions({ pose: { rateHz: 2 } });
    expect(some).toEqual({ ...DEFAULT_OPTIONS, pose: { ...DEFAULT_OPTIONS.pose, rateHz: 2 } });
    expect(parseOptions(DEFAULT_OPTIONS)).toEqual(DEFAULT_OPTIONS);
  });

  it("refuses unknown keys, and says where", () => {
    expect(complaint({ surveys: {} })).toMatch(/surveys/);
    expect(complaint({ events: { tremorForm: 3 } })).toMatch(/events: .*tremorForm/);
    expect(complaint("fast")).toMatch(/options: /);
  });

  it("refuses of every number what is not one, and names it", () => {
    expect(NUMBERS.length).toBeGreaterThan(30);
    for (const [name] of NUMBERS) {
      for (const wrong of ["3", NaN, Infinity, null])
        expect(complaint(withOption(name, wrong))).toContain(`${name}: `);
    }
  });

  it("refuses every number out of its range, and names it", () => {
    for (const [name, value] of [
      ...[
        ["survey.width", 63],
        ["survey.width", 321],
        ["survey.width", 100.5],
        ["survey.binDuration", 0.05],
      ],
      ...[
        ["survey.binDuration", 6],
        ["survey.motionFactor", 0],
        ["survey.preRoll", -1],
        ["survey.postRoll", 61],
      ],
      ...[
        ["survey.longestSpan", 9],
        ["pose.rateHz", 0.4],
        ["pose.rateHz", 31],
        ["pose.minConfidence", 1.1],
      ],
      ...[
        ["flow.height", 100],
        ["flow.height", 1081],
        ["flow.mostCells", -1],
        ["flow.mostCells", 65],
      ],
    ] as [string, number][]) {
      expect(complaint(withOption(name, value))).toContain(`${name}: `);
    }
  });

  it("refuses a negative limit of events, and names it", () => {
    for (const [name] of NUMBERS.filter(([one]) => one.startsWith("events."))) {
      expect(complaint(withOption(name, -1))).toContain(`${name}: `);
    }
  });

  it("refuses what can be no model's name, and runtimes it does not know", () => {
    for (const model of ["", "Open Pose", "../movenet", "a/b", "-x", 7])
      expect(complaint({ pose: { model } })).toContain("pose.model: ");
    expect(complaint({ pose: { runtime: "cuda" } })).toContain("pose.runtime: ");
  });

  it("says all that is wrong at once", () => {
    const lines = complaint({ pose: { rateHz: 99 }, flow: { height: 1 } }).split("\n");
    expect(lines).toHaveLength(3);
  });

  it("refuses limits that contradict each other", () => {
    expect(complaint({ events: { activityOn: 2, activityOff: 3 } })).toContain("events.activityOff");
    expect(complaint({ events: { tremorFrom: 9, tremorTo: 4 } })).toContain("events.tremorFrom");
    expect(complaint({ events: { slowFrom: 3, slowTo: 2 } })).toContain("events.slowFrom");
  });
});

describe("every option", () => {
  it("has a description, and every number a unit and a source", () => {
    for (const [name, { description }] of OPTIONS)
      expect([name, description]).toEqual([name, expect.any(String)]);
    for (const [name] of NUMBERS) {
      const meta = metaOf(name);
      expect([name, meta]).toEqual([
        name,
        expect.objectContaining({ unit: expect.any(String), source: expect.any(String) }),
      ]);
    }
  });

  it("has a default within its own range", () => {
    for (const [name] of OPTIONS) {
      expect(parseOptions(withOption(name, optionOf(DEFAULT_OPTIONS, name)))).toEqual(DEFAULT_OPTIONS);
    }
  });
});

/** What the schema's JSON says beside the type of an option. */
function metaOf(name: string): SchemaNode | undefined {
  return OPTIONS.find(([own]) => own === name)?.[1];
}
