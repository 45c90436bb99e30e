import type { NightReport } from "../night-report.ts";

/** One index: its name, where it holds, its value with a range, and how it is made. */
export interface IndexRow {
  readonly index: string;
  readonly of: string;
  readonly state: string;
  readonly value: number | null;
  readonly from?: number | null | undefined;
  readonly to?: number | null | undefined;
  readonly unit: string;
  readonly formula: string;
}

/** Names of the columns of indices.tsv, in order. */
export const INDEX_COLUMNS = ["index", "of", "state", "value", "from", "to", "unit", "formula"] as const;

/**
 * The indices of a night as a tab-separated table: one line an index, "n/a" for what is not known. Of a night
 * that is not fit to judge it has the header only.
 */
export function formatIndicesTsv(report: NightReport): string {
  const lines = readIndexRows(report).map((row) => INDEX_COLUMNS.map((name) => cell(row[name])).join("\t"));
  return `${[INDEX_COLUMNS.join("\t"), ...lines].join("\n")}\n`;
}

/** The same rows as values, for tables that hold indices of many nights; none of a night not fit to judge. */
export function readIndexRows(report: NightReport): IndexRow[] {
  if (!report.fitToJudge) return [];
  return [...restRows(report), ...seriesRows(report), ...rangeRows(report), ...soothingRows(report)];
}

function cell(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === "" ? "n/a" : String(value);
}

function restRows({ indices: { rest } }: NightReport): IndexRow[] {
  const row = (index: string, state: string, value: number | null, unit: string, formula: string) => ({
    ...{ index, of: "", state, value, unit, formula },
  });
  const time = (state: string, seconds: number) =>
    row("time", state, seconds, "s", `epochs of ${rest.epochDuration} s`);
  return [
    time("resting", rest.seconds.resting),
    time("active", rest.seconds.active),
    time("caregiver", rest.seconds.caregiver),
    time("not-observable", rest.seconds.notObservable),
    row("time_to_rest", "", rest.timeToRest, "s", "observable time before the first long rest"),
    row("longest_rest", "resting", rest.longestRest?.duration ?? null, "s", "longest run of resting epochs"),
    row("interruptions", "active", rest.interruptions, "stretches", "runs of active epochs right after rest"),
    row("interrupted_time", "active", rest.interruptedSeconds, "s", "their length together"),
  ];
}

const STATES = [
  ["all", "night"],
  ["resting", "resting"],
  ["active", "active"],
] as const;
const STANDINGS = [
  ["candidates", "candidates", "candidatesPerHour", "candidate leg movements"],
  ["in_series", "inSeries", "inSeriesPerHour", "candidates in series"],
  [
    "short_interval",
    "shortInterval",
    "shortIntervalPerHour",
    "candidates too soon after another, outside series",
  ],
  ["isolated", "isolated", "isolatedPerHour", "candidates neither in series nor too soon after another"],
] as const;

function seriesRows({ indices }: NightReport): IndexRow[] {
  return indices.series.flatMap((one) => {
    const { ruleSet: of, periodicity, intervals } = one;
    const single = (index: string, value: number | null, unit: string, formula: string): IndexRow => ({
      ...{ index, of, state: "all", value, unit, formula },
    });
    const rates = STATES.flatMap(([state, key]) => [
      {
        ...{ index: "leg_hours", of, state, value: one[key].hours, unit: "h" },
        formula: "time in which the legs could be judged",
      },
      ...STANDINGS.flatMap(([index, count, perHour, words]): IndexRow[] => [
        { index, of, state, value: one[key][count], unit: "movements", formula: words },
        {
          ...{ index: `${index}_per_hour`, of, state, value: one[key][perHour]?.rate ?? null, unit: "1/h" },
          ...{ from: one[key][perHour]?.from, to: one[key][perHour]?.to },
          formula: `${words} / leg hours; exact Poisson 95 %`,
        },
      ]),
    ]);
    return [
      ...rates,
      single("other_leg_movements", one.others, "movements", "leg movements that are no candidates"),
      single(
        "series",
        one.series.length,
        "series",
        "runs of four or more candidates at intervals within the rules",
      ),
      single(
        "periodicity_series_share",
        periodicity.seriesShare,
        "ratio",
        "candidates in series / candidates",
      ),
      single(
        "periodicity_run_share",
        periodicity.runShare,
        "ratio",
        "intervals in runs of three or more within the rules / all intervals (Ferri 2006)",
      ),
      single(
        "log_interval_mean",
        intervals.logMean,
        "ln(s)",
        "mean of ln(interval), intervals within the rules",
      ),
      single("log_interval_sd", intervals.logSd, "ln(s)", "standard deviation of the same"),
    ];
  });
}

function rangeRows({ indices }: NightReport): IndexRow[] {
  return indices.ranges.flatMap(({ kind: of, count, wellMet, possible, movedFrom, movedTo, perHour }) => [
    {
      ...{ index: "count_by_evidence", of, state: "all", value: count, from: wellMet, to: possible },
      ...{ unit: "events", formula: "well met; with those just another kind and nearest to this" },
    },
    {
      ...{ index: "count_by_moved_limits", of, state: "all", value: count, from: movedFrom, to: movedTo },
      ...{ unit: "events", formula: "every limit 10 % larger, smaller, easier, harder" },
    },
    {
      ...{ index: "events_per_hour", of, state: "all", value: perHour?.rate ?? null },
      ...{ from: perHour?.from, to: perHour?.to, unit: "1/h" },
      formula: "count / observable hours; exact Poisson 95 %",
    },
  ]);
}

function soothingRows({ indices }: NightReport): IndexRow[] {
  const { together } = indices.soothing;
  if (!together) return [];
  const of = "caregiver stays";
  const rates = (["before", "during", "after"] as const).map((state): IndexRow => {
    const rate = together[state].perMinute;
    return {
      ...{ index: "leg_movements_per_minute", of, state, value: rate?.rate ?? null },
      ...{ from: rate?.from, to: rate?.to, unit: "1/min" },
      formula: "WASM_2016 candidates / observable minutes; exact Poisson 95 %",
    };
  });
  const { ratio } = together;
  return [
    ...rates,
    {
      ...{ index: "after_over_before", of, state: "all", value: ratio?.ratio ?? null },
      ...{ from: ratio?.from, to: ratio?.to, unit: "ratio" },
      formula: "rate after / rate before; exact 95 %, given their sum",
    },
  ];
}
