/** What is written must stay: the database itself refuses to change or drop such rows. */
function appendOnly(table: string): string[] {
  return ["update", "delete"].map(
    (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table}
      begin select raise(abort, '${table} only grows'); end`,
  );
}

/** Steps of the database's shape, numbered from 1 by their place. A step that was published never changes. */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table nights (
      id text primary key,
      title text not null,
      subject text not null,
      files text not null,
      started_at text,
      time_zone text,
      options text not null,
      added_at text not null,
      removed_at text
    )`,
    `create table jobs (
      seq integer primary key autoincrement,
      id text not null unique,
      kind text not null,
      data text not null,
      most_attempts integer not null,
      state text not null,
      attempts integer not null,
      progress text not null,
      result text not null,
      reason text,
      token text,
      due_at integer not null
    )`,
    "create index jobs_by_state on jobs (state, due_at, seq)",
    `create table reviewers (
      id text primary key,
      name text not null unique,
      sees_machine integer not null,
      added_at text not null
    )`,
    `create table review_steps (
      seq integer primary key autoincrement,
      id text not null unique,
      night text not null references nights (id),
      reviewer text not null references reviewers (id),
      revision integer not null,
      made_at text not null,
      step text not null,
      unique (night, reviewer, revision)
    )`,
    ...appendOnly("review_steps"),
    `create table watched (
      seq integer primary key autoincrement,
      night text not null references nights (id),
      reviewer text not null references reviewers (id),
      onset real not null,
      duration real not null,
      speed real not null,
      made_at text not null
    )`,
    "create index watched_by_night on watched (night, reviewer)",
    ...appendOnly("watched"),
    `create table diary (
      id text primary key,
      subject text not null,
      at text not null,
      kind text not null,
      text text not null,
      added_at text not null,
      removed_at text
    )`,
    `create table histories (
      night text primary key references nights (id),
      revision integer not null,
      answers text not null,
      changed_at text not null
    )`,
  ],
  // What lists show of a night: reading hundreds of reports for a list would take minutes.
  ["alter table nights add column brief text"],
  // Work that is split waits for its parts; parts go first.
  [
    "alter table jobs add column depth integer not null default 0",
    "alter table jobs add column parts text not null default '[]'",
  ],
];
