/** Excel 97-2003 workbooks, read record by record. */
@NullMarked
package io.holdfast.sources.xls;

import org.jspecify.annotations.NullMarked;
