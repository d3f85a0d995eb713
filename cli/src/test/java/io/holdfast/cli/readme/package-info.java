@NullMarked
package io.holdfast.cli.readme;

import org.jspecify.annotations.NullMarked;
