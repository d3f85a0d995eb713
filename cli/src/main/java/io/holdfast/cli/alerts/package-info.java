/** What people must know of. */
@NullMarked
package io.holdfast.cli.alerts;

import org.jspecify.annotations.NullMarked;
