/** Spreadsheets of Google Sheets, read from a small fake. */
@NullMarked
package io.holdfast.sources.google;

import org.jspecify.annotations.NullMarked;
