/** The settings of runs, alerts and the archive: validated, kept in versions, and in force on every server process at once. */
@NullMarked
package io.holdfast.server.settings;

import org.jspecify.annotations.NullMarked;
