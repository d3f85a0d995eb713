/** The only place of the application that reads the machine's clocks. */
@NullMarked
package io.holdfast.earnings.system;

import org.jspecify.annotations.NullMarked;
