-- What was signed off, and what was said of each finding, is written once, whoever asks.
CREATE OR REPLACE TRIGGER console_inspections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON console_inspections FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();

CREATE OR REPLACE TRIGGER console_explanations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON console_inspection_explanations FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();
