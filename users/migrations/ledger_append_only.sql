-- The ledger of introductions and the settlements are written once, whoever asks.
CREATE OR REPLACE TRIGGER console_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON console_introduction_ledger FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();

CREATE OR REPLACE TRIGGER console_settlements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON console_subscription_settlements FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();
