import type { Migration } from './migration.ts';

/** The first schema. Never change it: write the next migration. */
export const m001: Migration = {
  version: 1,
  name: 'memories, evidence, links, journal, nights, receipts, cursors, facts, full-text index',
  statements: [
    `CREATE TABLE memories (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('episode', 'merged', 'rule', 'skill', 'insight')),
      label TEXT NOT NULL CHECK (label IN ('correction', 'decision', 'preference', 'fix', 'outcome')),
      status TEXT NOT NULL CHECK (status IN ('active', 'proposed', 'retired', 'archived')),
      tier TEXT NOT NULL CHECK (tier IN ('fast', 'mid', 'slow')),
      scope_level TEXT NOT NULL CHECK (scope_level IN ('user', 'project', 'path')),
      scope_project TEXT CHECK ((scope_project IS NULL) = (scope_level = 'user')),
      scope_glob TEXT CHECK ((scope_glob IS NOT NULL) = (scope_level = 'path')),
      strength REAL NOT NULL,
      rate REAL NOT NULL,
      surprise REAL NOT NULL,
      novelty REAL NOT NULL,
      arousal REAL NOT NULL,
      reward REAL NOT NULL,
      conflict REAL NOT NULL,
      salience REAL NOT NULL,
      confidence REAL NOT NULL,
      alpha REAL NOT NULL,
      beta REAL NOT NULL,
      pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
      guard INTEGER NOT NULL CHECK (guard IN (0, 1)),
      standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
      one_off INTEGER NOT NULL CHECK (one_off IN (0, 1)),
      created_at INTEGER NOT NULL,
      last_accessed_at INTEGER NOT NULL,
      access_count INTEGER NOT NULL,
      slept_at INTEGER,
      obsolete_at INTEGER,
      replaced_by TEXT,
      contradicted_by TEXT,
      tokens INTEGER NOT NULL,
      topic TEXT NOT NULL,
      source_assistant TEXT NOT NULL,
      source_project TEXT,
      source_session TEXT,
      source_message TEXT,
      source_file TEXT,
      external_id TEXT,
      identity TEXT,
      restates TEXT,
      text TEXT NOT NULL,
      statement TEXT NOT NULL,
      wrong TEXT,
      "right" TEXT,
      why TEXT,
      applies_when TEXT,
      context TEXT,
      tags TEXT NOT NULL CHECK (json_type(tags) = 'array'),
      cues TEXT NOT NULL CHECK (json_type(cues) = 'array'),
      citations TEXT NOT NULL CHECK (json_type(citations) = 'array')
    )`,
    'CREATE INDEX memories_by_place ON memories (scope_project, kind, status, created_at)',
    /* Narrow, so that a search can sift its hits without reading their rows. */
    'CREATE INDEX memories_narrow ON memories (seq, status, kind)',
    'CREATE INDEX memories_by_time ON memories (created_at)',
    'CREATE INDEX memories_by_identity ON memories (identity) WHERE identity IS NOT NULL',
    'CREATE INDEX memories_by_external_id ON memories (external_id) WHERE external_id IS NOT NULL',
    `CREATE INDEX memories_by_session ON memories (source_session, source_assistant, created_at, seq)
      WHERE source_session IS NOT NULL AND kind = 'episode'`,
    `CREATE TABLE evidence (
      memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      episode TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (memory, episode)
    ) WITHOUT ROWID`,
    'CREATE INDEX evidence_by_episode ON evidence (episode)',
    `CREATE TABLE links (
      from_memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      to_memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      kind TEXT NOT NULL CHECK (kind IN ('related', 'contradicts', 'supersedes', 'enriches', 'analogy', 'follows')),
      weight REAL NOT NULL,
      created_at INTEGER NOT NULL,
      used_at INTEGER NOT NULL,
      PRIMARY KEY (from_memory, to_memory, kind)
    ) WITHOUT ROWID`,
    'CREATE INDEX links_by_end ON links (to_memory)',
    `CREATE TABLE receipts (
      id TEXT NOT NULL PRIMARY KEY,
      memory TEXT NOT NULL REFERENCES memories (id) ON DELETE CASCADE,
      event TEXT NOT NULL,
      session TEXT NOT NULL,
      project TEXT,
      prompt_hash TEXT NOT NULL,
      tokens INTEGER NOT NULL,
      at INTEGER NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('obeyed', 'violated', 'irrelevant', 'unknown')),
      counted INTEGER NOT NULL CHECK (counted IN (0, 1))
    ) WITHOUT ROWID`,
    'CREATE INDEX receipts_by_memory ON receipts (memory, verdict)',
    'CREATE INDEX receipts_by_session ON receipts (session, at)',
    `CREATE INDEX receipts_to_count ON receipts (at) WHERE counted = 0 AND verdict <> 'unknown'`,
    `CREATE TABLE nights (
      id TEXT NOT NULL PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'interrupted', 'undone')),
      scope TEXT,
      seed TEXT NOT NULL,
      report TEXT CHECK (report IS NULL OR json_valid(report))
    ) WITHOUT ROWID`,
    `CREATE TABLE phases (
      night TEXT NOT NULL REFERENCES nights (id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      stage TEXT NOT NULL,
      phase TEXT NOT NULL,
      cycle INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      ms REAL NOT NULL,
      read INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      detail TEXT NOT NULL,
      measures TEXT NOT NULL CHECK (json_valid(measures)),
      PRIMARY KEY (night, ordinal)
    ) WITHOUT ROWID`,
    /* AUTOINCREMENT: the number is part of an entry's identity and must not come back after a deletion. */
    `CREATE TABLE journal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      night TEXT REFERENCES nights (id) ON DELETE CASCADE,
      act TEXT NOT NULL,
      at INTEGER NOT NULL,
      type TEXT NOT NULL CHECK (type IN ('create', 'update', 'evidence', 'link', 'unlink', 'receipt-counted', 'fact')),
      memory TEXT,
      other TEXT,
      subject TEXT,
      before TEXT CHECK (before IS NULL OR json_valid(before)),
      after TEXT CHECK (after IS NULL OR json_valid(after)),
      why TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    )`,
    'CREATE INDEX journal_by_night ON journal (night, seq) WHERE night IS NOT NULL',
    'CREATE INDEX journal_by_memory ON journal (memory, seq) WHERE memory IS NOT NULL',
    'CREATE INDEX journal_by_other ON journal (other, seq) WHERE other IS NOT NULL',
    `CREATE INDEX journal_by_subject ON journal (subject, seq) WHERE type IN ('fact', 'receipt-counted')`,
    `CREATE TABLE cursors (
      file TEXT NOT NULL PRIMARY KEY,
      offset INTEGER NOT NULL,
      size INTEGER NOT NULL,
      mtime_ms REAL NOT NULL,
      fingerprint TEXT NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE facts (
      key TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) WITHOUT ROWID`,
    `CREATE TABLE lease (
      only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
      term INTEGER NOT NULL,
      owner TEXT,
      heartbeat_at INTEGER NOT NULL,
      ttl_ms INTEGER NOT NULL
    )`,
    'INSERT INTO lease VALUES (1, 0, NULL, 0, 0)',
    `CREATE TABLE coherence (
      only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
      data_version INTEGER NOT NULL
    )`,
    'INSERT INTO coherence VALUES (1, 0)',
    /* What the index holds, as terms: an entry can be taken out of the index only with the very terms it was put in. */
    `CREATE TABLE memory_terms (
      seq INTEGER PRIMARY KEY REFERENCES memories (seq) ON DELETE CASCADE,
      place TEXT NOT NULL,
      words TEXT NOT NULL,
      lesson TEXT NOT NULL,
      cues TEXT NOT NULL,
      tags TEXT NOT NULL,
      citations TEXT NOT NULL,
      context TEXT NOT NULL
    )`,
    `CREATE VIRTUAL TABLE memory_index USING fts5 (
      place, words, lesson, cues, tags, citations, context,
      content = 'memory_terms', content_rowid = 'seq', tokenize = "ascii tokenchars '_$'"
    )`,
    `CREATE VIRTUAL TABLE memory_vocabulary USING fts5vocab (memory_index, 'row')`,
    `CREATE TRIGGER memory_terms_added AFTER INSERT ON memory_terms BEGIN
      INSERT INTO memory_index (rowid, place, words, lesson, cues, tags, citations, context)
      VALUES (new.seq, new.place, new.words, new.lesson, new.cues, new.tags, new.citations, new.context);
    END`,
    `CREATE TRIGGER memory_terms_removed AFTER DELETE ON memory_terms BEGIN
      INSERT INTO memory_index (memory_index, rowid, place, words, lesson, cues, tags, citations, context)
      VALUES ('delete', old.seq, old.place, old.words, old.lesson, old.cues, old.tags, old.citations, old.context);
    END`,
    `CREATE TRIGGER memory_terms_changed AFTER UPDATE ON memory_terms BEGIN
      INSERT INTO memory_index (memory_index, rowid, place, words, lesson, cues, tags, citations, context)
      VALUES ('delete', old.seq, old.place, old.words, old.lesson, old.cues, old.tags, old.citations, old.context);
      INSERT INTO memory_index (rowid, place, words, lesson, cues, tags, citations, context)
      VALUES (new.seq, new.place, new.words, new.lesson, new.cues, new.tags, new.citations, new.context);
    END`,
  ],
};
