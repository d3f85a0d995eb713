package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.SheetFailures;
import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A walk over the elements of a part, by local names. A document type is refused on sight, so that no entity is ever
 * expanded. Not thread-safe.
 */
final class XmlPart implements AutoCloseable {

    private static final XMLInputFactory FACTORY = factory();

    private final GuardedPart part;
    private final SheetFailures failures;
    private final XMLStreamReader xml;

    XmlPart(GuardedPart part, SheetFailures failures) {
        this.part = part;
        this.failures = failures;
        try {
            this.xml = FACTORY.createXMLStreamReader(part);
        } catch (XMLStreamException broken) {
            throw damaged();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Steps to the next beginning or end of an element; false at the end of the part. */
    boolean next() {
        try {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    throw failures.hostile("declares a document type, which no workbook does");
                }
                if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
                    return true;
                }
            }
            part.finish();
            return false;
        } catch (XMLStreamException | IOException broken) {
            throw damaged();
        }
    }

    boolean begins(String element) {
        return xml.isStartElement() && xml.getLocalName().equals(element);
    }

    boolean ends(String element) {
        return xml.isEndElement() && xml.getLocalName().equals(element);
    }

    /** An attribute without a namespace; empty if it is not there. */
    String attribute(String name) {
        String value = xml.getAttributeValue("", name);
        return value == null ? "" : value;
    }

    /** The first attribute of that local name, in whatever namespace. */
    Optional<String> anyAttribute(String name) {
        for (int at = 0; at < xml.getAttributeCount(); at++) {
            if (xml.getAttributeLocalName(at).equals(name)) {
                return Optional.of(xml.getAttributeValue(at));
            }
        }
        return Optional.empty();
    }

    /** The text of the element that has just begun; ends at its end. */
    String text() {
        try {
            return xml.getElementText();
        } catch (XMLStreamException broken) {
            throw damaged();
        }
    }

    private RuntimeException damaged() {
        return failures.damaged("has a part that is no sound XML or ends too early");
    }

    @Override
    public void close() {
        try {
            xml.close();
            part.close();
        } catch (XMLStreamException | IOException unimportant) {
            // it was only read
        }
    }
}
