/** Foreign replicas: sheets of any kind as rows with positions. */
@NullMarked
package io.holdfast.sources;

import org.jspecify.annotations.NullMarked;
