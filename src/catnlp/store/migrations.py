"""The schema as a list of steps; steps are only ever added. `user_version` counts them."""

STEPS = (
    """
    CREATE TABLE inputs (
        uri TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('reading', 'done', 'skipped', 'failed')),
        reason TEXT NOT NULL,
        reader TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        documents INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        words INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        uri TEXT NOT NULL,
        media_type TEXT NOT NULL,
        reader TEXT NOT NULL,
        title TEXT NOT NULL,
        publisher TEXT NOT NULL,
        genre TEXT NOT NULL,
        published TEXT NOT NULL,
        language TEXT NOT NULL,
        url TEXT NOT NULL,
        subject_countries TEXT NOT NULL,  -- ISO alpha-3, joined by spaces
        warnings TEXT NOT NULL,  -- JSON list
        text BLOB NOT NULL  -- zlib of the UTF-8 text; offsets count its characters
    ) STRICT;
    CREATE TABLE input_documents (
        input_uri TEXT NOT NULL REFERENCES inputs (uri) ON DELETE CASCADE,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        PRIMARY KEY (input_uri, document_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX input_documents_document ON input_documents (document_id);
    CREATE TABLE pages (
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT NOT NULL,
        quality TEXT NOT NULL,
        PRIMARY KEY (document_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sentences (
        rowid INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        start_char INTEGER NOT NULL,
        end_char INTEGER NOT NULL,
        text TEXT NOT NULL,
        section TEXT NOT NULL,  -- JSON list of headings
        paragraph INTEGER NOT NULL,
        page INTEGER,
        page_label TEXT NOT NULL,
        page_end INTEGER
    ) STRICT;
    CREATE INDEX sentences_document ON sentences (document_id, start_char);
    CREATE VIRTUAL TABLE sentences_fts USING fts5 (
        text, content='sentences', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
        INSERT INTO sentences_fts (rowid, text) VALUES (new.rowid, new.text);
    END;
    CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN
        INSERT INTO sentences_fts (sentences_fts, rowid, text)
        VALUES ('delete', old.rowid, old.text);
    END;
    CREATE TABLE mentions (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        sentence_id TEXT NOT NULL REFERENCES sentences (id) ON DELETE CASCADE,
        start_char INTEGER NOT NULL,
        end_char INTEGER NOT NULL,
        trigger_text TEXT NOT NULL,
        category TEXT NOT NULL,
        status TEXT NOT NULL,
        actor TEXT NOT NULL,
        score REAL NOT NULL,
        method TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mentions_document ON mentions (document_id);
    CREATE INDEX mentions_sentence ON mentions (sentence_id);
    CREATE TABLE country_links (
        mention_id TEXT NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
        country TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('responsible', 'location')),
        score REAL NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (mention_id, country, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX country_links_country ON country_links (country, role);
    CREATE TABLE sales (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        recipient TEXT NOT NULL,
        supplier TEXT NOT NULL,
        record TEXT NOT NULL  -- the ArmsSale as JSON
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sales_recipient ON sales (recipient);
    CREATE INDEX sales_document ON sales (document_id);
    CREATE TABLE sale_links (
        mention_id TEXT NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
        sale_id TEXT NOT NULL REFERENCES sales (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        score REAL NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (mention_id, sale_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sale_links_sale ON sale_links (sale_id);
    CREATE TABLE decisions (  -- only ever added to; keyed by content, so that it survives re-runs
        number INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL,
        quote_sha256 TEXT NOT NULL,
        category TEXT NOT NULL,
        country TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct')),
        correction TEXT NOT NULL,  -- JSON object of corrected fields
        reviewer TEXT NOT NULL,
        decided TEXT NOT NULL
    ) STRICT;
    CREATE INDEX decisions_key ON decisions (document_id, quote_sha256);
    """,
    """
    DROP TABLE decisions;  -- no version wrote to it
    CREATE TABLE decisions (  -- only ever added to; found again by content hash and quote
        number INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL,
        quote TEXT NOT NULL,
        start_char INTEGER NOT NULL,
        verdict TEXT NOT NULL
            CHECK (verdict IN ('accept', 'reject', 'correct', 'add', 'withdraw')),
        seen TEXT NOT NULL,  -- Labels as JSON, or null
        given TEXT NOT NULL,  -- Labels as JSON, or null
        reviewer TEXT NOT NULL,
        decided TEXT NOT NULL,
        why TEXT NOT NULL,
        source TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        uri TEXT NOT NULL,
        title TEXT NOT NULL,
        withdraws INTEGER REFERENCES decisions (number)
    ) STRICT;
    CREATE INDEX decisions_document ON decisions (document_id);
    CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never deleted; withdraw it');
    END;
    CREATE TRIGGER decisions_stand BEFORE UPDATE ON decisions BEGIN
        SELECT RAISE(ABORT, 'a decision is never changed; add another');
    END;
    CREATE TABLE reviewed (  -- made from decisions whenever a document is read or decided on
        id TEXT PRIMARY KEY,  -- of the mention; the tagger's own where it found it too
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        sentence_id TEXT NOT NULL REFERENCES sentences (id) ON DELETE CASCADE,
        start_char INTEGER NOT NULL,
        end_char INTEGER NOT NULL,
        trigger_text TEXT NOT NULL,
        category TEXT NOT NULL,
        status TEXT NOT NULL,
        actor TEXT NOT NULL,
        score REAL NOT NULL,
        method TEXT NOT NULL,
        review TEXT NOT NULL
            CHECK (review IN ('accepted', 'rejected', 'corrected', 'added')),
        decision INTEGER NOT NULL REFERENCES decisions (number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reviewed_document ON reviewed (document_id);
    CREATE INDEX reviewed_sentence ON reviewed (sentence_id);
    CREATE TABLE reviewed_links (
        mention_id TEXT NOT NULL REFERENCES reviewed (id) ON DELETE CASCADE,
        country TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('responsible', 'location')),
        score REAL NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (mention_id, country, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reviewed_links_country ON reviewed_links (country, role);
    CREATE TABLE outcomes (  -- what became of a decision in the document as it reads now
        decision INTEGER NOT NULL REFERENCES decisions (number),
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (decision, document_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outcomes_document ON outcomes (document_id);
    -- the tagger's rows stay as they are; readers see these views. Equal column types (CAST) let
    -- SQLite flatten them, without which it would scan all mentions for each query.
    CREATE VIEW all_mentions AS
        SELECT id, document_id, sentence_id, start_char, end_char, trigger_text, category, status,
               actor, score, method, CAST('' AS TEXT) AS review,
               CAST(NULL AS INTEGER) AS decision
        FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = m.id)
        UNION ALL
        SELECT id, document_id, sentence_id, start_char, end_char, trigger_text, category, status,
               actor, score, method, review, decision
        FROM reviewed;
    CREATE VIEW all_links AS
        SELECT mention_id, country, role, score, reason FROM country_links c
        WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = c.mention_id)
        UNION ALL
        SELECT mention_id, country, role, score, reason FROM reviewed_links;
    CREATE VIEW current_mentions AS
        SELECT * FROM all_mentions WHERE review != 'rejected';
    CREATE VIEW current_links AS
        SELECT * FROM all_links l WHERE NOT EXISTS (
            SELECT 1 FROM reviewed r WHERE r.id = l.mention_id AND r.review = 'rejected');
    CREATE VIEW current_sale_links AS
        SELECT mention_id, sale_id, kind, score, reason FROM sale_links k
        WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = k.mention_id)
           OR EXISTS (
            SELECT 1 FROM current_links l JOIN sales s ON s.recipient = l.country
            WHERE l.mention_id = k.mention_id AND s.id = k.sale_id AND l.role = 'responsible');
    """,
    """
    CREATE TABLE copies (  -- texts nearly the same as one of an earlier document
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        paragraph INTEGER NOT NULL,  -- 0: the whole document
        original_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        original_paragraph INTEGER NOT NULL,
        likeness REAL NOT NULL,  -- share of word triples in common
        PRIMARY KEY (document_id, paragraph)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX copies_original ON copies (original_id, original_paragraph);
    """,
    """
    CREATE TABLE passes (  -- what was worked out over all documents; empty once one has changed
        name TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE registers (  -- files of arms sales that the user has
        uri TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        mapping TEXT NOT NULL,
        label TEXT NOT NULL,
        bad TEXT NOT NULL  -- JSON list of [line, reason]
    ) STRICT;
    CREATE TABLE register_sales (
        register TEXT NOT NULL REFERENCES registers (uri) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        recipient TEXT NOT NULL,
        record TEXT NOT NULL,  -- the ArmsSale as JSON
        PRIMARY KEY (register, line)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sale_records (  -- made from sales and register_sales: one for each sale
        id TEXT PRIMARY KEY,
        recipient TEXT NOT NULL,
        supplier TEXT NOT NULL,
        date TEXT NOT NULL,
        record TEXT NOT NULL  -- the ArmsSale with its sources, as JSON
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sale_records_recipient ON sale_records (recipient);
    UPDATE sales SET record = json_set(record, '$.contractors', json('[]'));
    DROP VIEW current_sale_links;
    DROP TABLE sale_links;  -- made anew, over all documents
    CREATE TABLE sale_links (
        mention_id TEXT NOT NULL,
        sale_id TEXT NOT NULL REFERENCES sale_records (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('explicit', 'unit', 'equipment', 'recipient')),
        score REAL NOT NULL,
        reason TEXT NOT NULL,
        against TEXT NOT NULL,
        mention_quote TEXT NOT NULL,
        sale_quote TEXT NOT NULL,
        PRIMARY KEY (mention_id, sale_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sale_links_sale ON sale_links (sale_id);
    -- a link made before a decision stands only where the decision leaves its country
    CREATE VIEW current_sale_links AS
        SELECT k.* FROM sale_links k
        WHERE EXISTS (SELECT 1 FROM current_mentions m WHERE m.id = k.mention_id) AND (
            k.kind = 'explicit' OR EXISTS (
            SELECT 1 FROM current_links l JOIN sale_records s ON s.recipient = l.country
            WHERE l.mention_id = k.mention_id AND s.id = k.sale_id AND l.role = 'responsible'));
    """,
    """
    CREATE TABLE mention_units (
        mention_id TEXT NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        state TEXT NOT NULL,  -- ISO alpha-3; empty where nothing tells it
        start_char INTEGER NOT NULL,
        end_char INTEGER NOT NULL,
        PRIMARY KEY (mention_id, start_char)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mention_units_name ON mention_units (name);
    CREATE TABLE event_dates (
        mention_id TEXT PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        precision TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE tallies (  -- mentions for which a country is responsible, decisions applied
        country TEXT NOT NULL,
        category TEXT NOT NULL,
        year TEXT NOT NULL,  -- of publication; empty where the document has no date
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        mentions INTEGER NOT NULL,
        PRIMARY KEY (country, category, year, document_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tallies_document ON tallies (document_id);
    INSERT INTO tallies
    SELECT told.country, told.category, substr(d.published, 1, 4), d.id, count(*) FROM (
        SELECT c.country AS country, m.category AS category, m.document_id AS document_id
        FROM mentions m JOIN country_links c ON c.mention_id = m.id
        WHERE c.role = 'responsible' AND m.id NOT IN (SELECT id FROM reviewed)
        UNION ALL
        SELECT c.country, m.category, m.document_id
        FROM reviewed m JOIN reviewed_links c ON c.mention_id = m.id
        WHERE c.role = 'responsible' AND m.review != 'rejected'
    ) AS told JOIN documents d ON d.id = told.document_id GROUP BY 1, 2, 3, 4;
    """,
    """
    -- probabilities that status and actor are right (1 where an older catnlp kept none)
    ALTER TABLE mentions ADD COLUMN status_score REAL NOT NULL DEFAULT 1;
    ALTER TABLE mentions ADD COLUMN actor_score REAL NOT NULL DEFAULT 1;
    ALTER TABLE reviewed ADD COLUMN status_score REAL NOT NULL DEFAULT 1;
    ALTER TABLE reviewed ADD COLUMN actor_score REAL NOT NULL DEFAULT 1;
    DROP VIEW current_sale_links;
    DROP VIEW current_mentions;
    DROP VIEW all_mentions;
    CREATE VIEW all_mentions AS
        SELECT id, document_id, sentence_id, start_char, end_char, trigger_text, category, status,
               actor, score, method, CAST('' AS TEXT) AS review,
               CAST(NULL AS INTEGER) AS decision, status_score, actor_score
        FROM mentions m WHERE NOT EXISTS (SELECT 1 FROM reviewed r WHERE r.id = m.id)
        UNION ALL
        SELECT id, document_id, sentence_id, start_char, end_char, trigger_text, category, status,
               actor, score, method, review, decision, status_score, actor_score
        FROM reviewed;
    CREATE VIEW current_mentions AS
        SELECT * FROM all_mentions WHERE review != 'rejected';
    CREATE VIEW current_sale_links AS
        SELECT k.* FROM sale_links k
        WHERE EXISTS (SELECT 1 FROM current_mentions m WHERE m.id = k.mention_id) AND (
            k.kind = 'explicit' OR EXISTS (
            SELECT 1 FROM current_links l JOIN sale_records s ON s.recipient = l.country
            WHERE l.mention_id = k.mention_id AND s.id = k.sale_id AND l.role = 'responsible'));
    """,
    """
    CREATE INDEX mentions_score ON mentions (score DESC);
    CREATE TRIGGER mentions_agree BEFORE INSERT ON mentions WHEN NOT EXISTS (
        SELECT 1 FROM sentences WHERE id = new.sentence_id AND document_id = new.document_id
    ) BEGIN
        SELECT RAISE(ABORT, 'a mention stands in a sentence of its document');
    END;
    """,
    """
    -- of PostgreSQL alone: mentions go with their sentences without a key for each row
    DROP TRIGGER IF EXISTS mentions_go;
    """,
    """
    CREATE TRIGGER decisions_once BEFORE INSERT ON decisions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE number = new.number) BEGIN
        SELECT RAISE(ABORT, 'a decision is never replaced; add another');
    END;
    """,
)
