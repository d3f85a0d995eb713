/** The only place of this module that reads the machine's entropy. */
@NullMarked
package io.holdfast.testkit.system;

import org.jspecify.annotations.NullMarked;
