package io.holdfast.sources.xls;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.sheet.SheetFailures;
import java.io.IOException;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;

/** Turns whatever Apache POI throws at a file into a typed refusal. Stateless. */
final class Parsing {

    private Parsing() {}

    /** A step that POI takes. */
    interface Step<T> {
        T take() throws IOException;
    }

    /**
     * Takes the step. POI meets damaged records with exceptions of every kind, of its own and of the language, so all of
     * them are caught here and nowhere else.
     */
    static <T> T guarded(SheetFailures failures, Step<T> step) {
        try {
            return step.take();
        } catch (HoldfastException refused) {
            throw refused;
        } catch (EncryptedDocumentException locked) {
            throw failures.encrypted();
        } catch (OldExcelFormatException old) {
            throw failures.format("is a workbook of Excel 95 or older, which is not read");
        } catch (IOException | RuntimeException broken) {
            throw failures.damaged("is a workbook that is cut short or damaged");
        }
    }
}
