package io.holdfast.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules that hold between modules and that neither Maven nor the compiler can see. */
class ArchitectureTest {

    private static final JavaClasses HOLDFAST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.holdfast");

    private static final DescribedPredicate<JavaClass> OUTSIDE_SYSTEM = not(resideInAPackage("..system.."));

    @Test
    void coreDecidesWithoutTouchingTheWorld() {
        classes()
                .that()
                .resideInAPackage("io.holdfast.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.holdfast.core..",
                        "java.lang..",
                        "java.io",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.security..",
                        "java.text",
                        "java.time..",
                        "java.util",
                        "java.util.concurrent.locks", // the in-memory storages guard themselves
                        "java.util.function",
                        "java.util.random",
                        "java.util.regex",
                        "java.util.stream",
                        "javax.crypto..",
                        "org.jspecify.annotations",
                        "tools.jackson.core..")
                .check(HOLDFAST);
        noClasses()
                .that()
                .resideInAPackage("io.holdfast.core..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile|Console)|java\\.lang\\.(Thread.*|Process.*)")
                .check(HOLDFAST);
    }

    @Test
    void theClockIsReadOnlyInSystemPackages() {
        forbid(callTo(Instant.class, "now")
                .or(callTo(System.class, "nanoTime|currentTimeMillis"))
                .or(callTo(Clock.class, "system.*"))
                .or(callTo(InstantSource.class, "system"))
                .or(callTo(LocalDate.class, "now"))
                .or(callTo(LocalDateTime.class, "now"))
                .or(callTo(OffsetDateTime.class, "now"))
                .or(callTo(ZonedDateTime.class, "now"))
                .or(callTo(ZoneId.class, "systemDefault")));
    }

    @Test
    void chanceIsDrawnOnlyInSystemPackages() {
        forbid(callTo(UUID.class, "randomUUID").or(callTo(Math.class, "random")));
        noClasses()
                .that(OUTSIDE_SYSTEM)
                .should()
                .callConstructorWhere(JavaConstructorCall.Predicates.target(owner(assignableToRandom())))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom")
                .check(HOLDFAST);
    }

    @Test
    void nothingSleepsOutsideSystemPackages() {
        forbid(callTo(Thread.class, "sleep"));
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(resideInANullMarkedPackage()).check(HOLDFAST);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Helper|Utils?|(?<!Earnings)Manager)$")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..base..", "..helpers..")
                .check(HOLDFAST);
    }

    private static void forbid(DescribedPredicate<JavaCall<?>> call) {
        noClasses().that(OUTSIDE_SYSTEM).should().callMethodWhere(call).check(HOLDFAST);
    }

    private static DescribedPredicate<JavaCall<?>> callTo(Class<?> type, String methods) {
        return target(owner(DescribedPredicate.<JavaClass>describe(
                        type.getSimpleName(), owner -> owner.isEquivalentTo(type))))
                .and(target(nameMatching(methods)))
                .forSubtype();
    }

    private static DescribedPredicate<JavaClass> assignableToRandom() {
        return DescribedPredicate.describe("a Random", owner -> owner.isAssignableTo(Random.class));
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getName() + " in " + type.getPackageName()));
            }
        };
    }
}
