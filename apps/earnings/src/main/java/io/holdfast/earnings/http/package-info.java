/** The application on a server: its addresses under {@code /api/earnings}, its settings, its health. */
@NullMarked
package io.holdfast.earnings.http;

import org.jspecify.annotations.NullMarked;
