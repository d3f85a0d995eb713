/** Commands about users' earnings, on a device and beside a server. */
@NullMarked
package io.holdfast.cli.earnings;

import org.jspecify.annotations.NullMarked;
