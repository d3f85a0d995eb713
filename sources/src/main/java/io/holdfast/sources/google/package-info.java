/** Spreadsheets of Google Sheets, read page by page over its API. */
@NullMarked
package io.holdfast.sources.google;

import org.jspecify.annotations.NullMarked;
