import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventClassifier } from "../../src/events/classifiers/classifier.ts";
import { type Candidate, FEATURE_INFO, type FeatureName, type Features } from "../../src/events/features.ts";
import { EVENT_KINDS, type EventKind } from "../../src/events/movement-event.ts";
import { FEATURE_NAMES, NOTHING_MEASURED, PLAIN_CASES } from "../events/invented-candidate.ts";

const ORIGINS: readonly Candidate["origin"][] = [
  "rhythm",
  "strokes",
  "body",
  "foreign",
  "unseen",
  "camera",
  "light",
];

/** Kinds that claim a rhythm or a rate. */
const RHYTHMIC: readonly EventKind[] = ["tremor-like", "slow-rhythm", "kicking"];

/** Any value a feature may take, missing ones and strange ones among them. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 60, noNaN: true }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1.5, noNaN: true }) },
  { weight: 2, arbitrary: fc.constant(NaN) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const features = fc
  .tuple(...FEATURE_NAMES.map(() => value))
  .map(
    (values) => Object.fromEntries(FEATURE_NAMES.map((name, i) => [name, values[i]])) as unknown as Features,
  );
const anyCandidate: fc.Arbitrary<Candidate> = fc
  .tuple(features, fc.constantFrom(...ORIGINS), fc.double({ min: 0, max: 3e4, noNaN: true }))
  .map(([all, origin, onset]) => ({
    onset,
    duration: all.duration,
    origin,
    limb: "both legs",
    features: all,
  }));

/** A plain case with some of its features replaced: nearer to the edges of rules than chance comes. */
const nearCandidate: fc.Arbitrary<Candidate> = fc
  .tuple(
    fc.constantFrom(...Object.values(PLAIN_CASES)),
    fc.dictionary(fc.constantFrom(...FEATURE_NAMES), value, { maxKeys: 3 }),
  )
  .map(([plain, changed]) => ({ ...plain, features: { ...plain.features, ...changed } }));
const candidate = fc.oneof(anyCandidate, nearCandidate);

/** The contract of `EventClassifier`, for every classifier alike. */
export function describeEventClassifier(name: string, classifier: EventClassifier): void {
  describe(`classifier ${name}`, () => {
    it("has a name", () => expect(classifier.name).not.toBe(""));

    for (const [kind, plain] of Object.entries(PLAIN_CASES)) {
      it(`names a plain case of ${kind}`, () => {
        const verdict = classifier.classify(plain);
        expect(verdict.kind).toBe(kind);
        expect(verdict.confidence).toBeGreaterThanOrEqual(0.5);
      });
    }

    it("gives the same verdict again, and leaves the candidate as it was", () => {
      fc.assert(
        fc.property(candidate, (one) => {
          const before = structuredClone(one);
          expect(classifier.classify(one)).toEqual(classifier.classify(one));
          expect(one).toEqual(before);
        }),
      );
    });

    it("never crashes: a known kind and a confidence from 0 to 1, whatever was or was not measured", () => {
      fc.assert(
        fc.property(candidate, (one) => {
          const { kind, confidence, evidence } = classifier.classify(one);
          expect(EVENT_KINDS).toContain(kind);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(evidence.rule).toBe(kind);
          expect(evidence.because).toMatch(/^[A-Z].*\.$/);
          expect(evidence.because).not.toMatch(/NaN|undefined|Infinity/);
        }),
        { numRuns: 300 },
      );
    });

    it("shows every number it used, with its limit, and margins that fit them", () => {
      fc.assert(
        fc.property(candidate, (one) => {
          const { kind, evidence } = classifier.classify(one);
          for (const {
            name: feature,
            value: used,
            unit,
            witness,
            comparison,
            limit,
            margin,
          } of evidence.measures) {
            expect(used).toBe(one.features[feature as FeatureName]);
            expect({ unit, witness }).toEqual(FEATURE_INFO[feature as FeatureName]);
            const isInside = comparison === "at least" ? used >= limit : used <= limit;
            expect(margin >= 0).toBe(isInside);
            expect(Number.isFinite(margin)).toBe(true);
            if (kind !== "indeterminate") expect(isInside).toBe(true);
          }
          if (kind !== "indeterminate") expect(evidence.measures.length).toBeGreaterThan(0);
          for (const [feature, kept] of Object.entries(evidence.features)) {
            const used = one.features[feature as FeatureName];
            expect(Math.abs(kept - used)).toBeLessThanOrEqual(1e-4 * Math.abs(used));
          }
        }),
        { numRuns: 300 },
      );
    });

    it("names as the nearest other kind another kind, and what would have to change", () => {
      fc.assert(
        fc.property(candidate, (one) => {
          const { kind, evidence } = classifier.classify(one);
          if (evidence.nearest === undefined) return;
          expect(EVENT_KINDS).toContain(evidence.nearest.kind);
          expect(evidence.nearest.kind).not.toBe(kind);
          expect(evidence.nearest.flip).not.toMatch(/NaN|undefined|^$/);
        }),
      );
    });

    it("gives mirror images the same kind, and does not care for the time", () => {
      fc.assert(
        fc.property(candidate, fc.double({ min: 0, max: 1e5, noNaN: true }), (one, onset) => {
          const { leftLegShare, rightLegShare } = one.features;
          const mirrored = { ...one.features, leftLegShare: rightLegShare, rightLegShare: leftLegShare };
          const verdict = classifier.classify(one);
          expect(classifier.classify({ ...one, features: mirrored }).kind).toBe(verdict.kind);
          expect(classifier.classify({ ...one, onset })).toEqual(verdict);
        }),
      );
    });

    it("guesses no rhythm that the frame rate cannot show", () => {
      const bandUse = fc.double({ min: 1.01, max: 1.25, noNaN: true });
      fc.assert(
        fc.property(candidate, bandUse, (one, use) => {
          const tooFast = { ...one, origin: "rhythm" as const, features: { ...one.features, bandUse: use } };
          expect(RHYTHMIC).not.toContain(classifier.classify(tooFast).kind);
        }),
        { numRuns: 400 },
      );
      const tooFast = {
        ...PLAIN_CASES["tremor-like"].features,
        frequencyHz: 13,
        bandUse: 1.08,
        frameRate: 30,
      };
      const folded = { ...tooFast, aliasHz: 17, strokes: 9, strokesPerSecond: 1.5 };
      const verdict = classifier.classify({ ...PLAIN_CASES["tremor-like"], features: folded });
      expect(verdict.kind).toBe("indeterminate");
      expect(verdict.evidence.because).toMatch(/too fast/);
    });

    it("knows of something of which nothing was measured only that it does not know", () => {
      for (const origin of ORIGINS) {
        const nothing = {
          onset: 0,
          duration: NaN,
          origin,
          limb: "none" as const,
          features: NOTHING_MEASURED,
        };
        expect(classifier.classify(nothing).kind).toBe("indeterminate");
      }
    });
  });
}
