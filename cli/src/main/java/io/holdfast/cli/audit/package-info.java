/** What came of records, in the journal and in its archive. */
@NullMarked
package io.holdfast.cli.audit;

import org.jspecify.annotations.NullMarked;
