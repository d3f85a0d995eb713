/** Whatever bytes a decoder is given: refused by what it declares, or read as something that can be written and read again. */
@NullMarked
package io.holdfast.core.fuzz;

import org.jspecify.annotations.NullMarked;
