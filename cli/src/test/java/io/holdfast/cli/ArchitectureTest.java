package io.holdfast.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
        forbid(useOf(Instant.class, "now")
                .or(useOf(System.class, "nanoTime|currentTimeMillis"))
                .or(useOf(Clock.class, "system.*"))
                .or(useOf(InstantSource.class, "system"))
                .or(useOf(LocalDate.class, "now"))
                .or(useOf(LocalDateTime.class, "now"))
                .or(useOf(OffsetDateTime.class, "now"))
                .or(useOf(ZonedDateTime.class, "now"))
                .or(useOf(ZoneId.class, "systemDefault")));
    }

    @Test
    void chanceIsDrawnOnlyInSystemPackages() {
        forbid(useOf(UUID.class, "randomUUID").or(useOf(Math.class, "random")).or(newRandom()));
        noClasses()
                .that(OUTSIDE_SYSTEM)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom")
                .check(HOLDFAST);
    }

    @Test
    void nothingSleepsOutsideSystemPackages() {
        forbid(useOf(Thread.class, "sleep"));
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

    /** Forbids calls and method references alike. */
    private static void forbid(DescribedPredicate<JavaAccess<?>> use) {
        noClasses().that(OUTSIDE_SYSTEM).should().accessTargetWhere(use).check(HOLDFAST);
    }

    private static DescribedPredicate<JavaAccess<?>> useOf(Class<?> type, String members) {
        return DescribedPredicate.describe(
                type.getSimpleName() + "." + members,
                access -> access.getTargetOwner().isEquivalentTo(type)
                        && access.getTarget().getName().matches(members));
    }

    private static DescribedPredicate<JavaAccess<?>> newRandom() {
        return DescribedPredicate.describe(
                "new Random",
                access -> access.getTargetOwner().isAssignableTo(Random.class)
                        && access.getTarget().getName().equals("<init>"));
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
