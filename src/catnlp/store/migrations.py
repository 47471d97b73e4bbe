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
)
