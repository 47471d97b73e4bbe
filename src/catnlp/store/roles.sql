-- Roles for a store of catnlp in this database. Run it as the owner of the store, who may make
-- roles, once the store has been made, and again after an update of catnlp:
--
--     catnlp store roles | psql DATABASE
--
-- then give people a role: GRANT catnlp_reviewer TO ann;
--
-- catnlp_reader    search, export, summarize, timeline, diff: sees everything, changes nothing
-- catnlp_reviewer  also review: makes decisions, which nobody can change or delete
-- catnlp_runner    also run, ingest, sales import: puts documents in; makes no decisions
DO $$
DECLARE role TEXT;
BEGIN
    FOREACH role IN ARRAY ARRAY['catnlp_reader', 'catnlp_reviewer', 'catnlp_runner'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA catnlp TO catnlp_reader, catnlp_reviewer, catnlp_runner;
GRANT SELECT ON ALL TABLES IN SCHEMA catnlp TO catnlp_reader, catnlp_reviewer, catnlp_runner;
GRANT INSERT ON catnlp.decisions TO catnlp_reviewer;
GRANT INSERT, DELETE ON catnlp.reviewed, catnlp.reviewed_links, catnlp.outcomes, catnlp.tallies
    TO catnlp_reviewer;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA catnlp TO catnlp_runner;
REVOKE INSERT, UPDATE, DELETE ON catnlp.decisions, catnlp.schema_version FROM catnlp_runner;
