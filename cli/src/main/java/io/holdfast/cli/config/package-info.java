/** The settings of runs, alerts and the archive. */
@NullMarked
package io.holdfast.cli.config;

import org.jspecify.annotations.NullMarked;
