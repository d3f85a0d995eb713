package io.holdfast.simulation.world;

/** A kind of misfortune that a world may hold. The weight says how often it comes beside 600 writes. */
public enum Fault {
    /** Messages are lost. */
    LOSS(6, "messages lost"),
    /** Messages arrive twice. */
    DUPLICATION(6, "messages that arrived twice"),
    /** Messages overtake each other. */
    REORDERING(6, "messages sent meanwhile"),
    /** Messages take up to 40 seconds. */
    DELAY(5, "messages sent meanwhile"),
    /** Messages arrive cut off at any byte. */
    TRUNCATION(6, "messages cut off"),
    /** Devices cannot reach the server for a while. */
    PARTITION(20, "messages kept from arriving"),
    /** For a while only one direction of a device's connection works. */
    HALF_OPEN(8, "messages kept from arriving"),
    /** Devices die between any two effects, and start again. */
    CRASH(40, "processes killed"),
    /** A device's clock jumps, up to a day, both ways; sometimes the server's. */
    CLOCK_JUMP(20, "clocks set"),
    /** A device's clock goes wrong by up to five seconds in a hundred. */
    CLOCK_DRIFT(12, "clocks off their pace"),
    /** A device's clock stands still for a while. */
    CLOCK_FROZEN(6, "clocks stopped"),
    /** A device's transactions fail when they are to be kept: nothing of them happened. */
    WRITE_ERROR(8, "transactions refused"),
    /** Power is lost in the middle of a write: recovery takes it back, and the device starts again. */
    TORN_WRITE(8, "writes torn"),
    /** Power is lost, and the disk had not kept what it said it had: the last writes of a device are gone. */
    LOST_WRITE(4, "stores set back"),
    /** A device's disk is full: any writing call of a transaction may fail. */
    DISK_FULL(6, "transactions refused"),
    /** A device's disk cannot be read: any call of a transaction may fail. */
    READ_ERROR(6, "transactions refused"),
    /** A bit of a confirmed record flips on a device's disk; a while later the device looks at its rows. */
    BIT_FLIP(8, "bits flipped"),
    /** The server is away for a while. */
    SERVER_AWAY(10, "requests lost"),
    /** The server answers that it cannot serve now. */
    SERVER_BUSY(8, "requests refused"),
    /** The server, or some of the devices, get the next version of the schema. */
    SCHEMA_UPGRADE(4, "upgrades"),
    /** A device's token expires, and is renewed later. */
    TOKEN_EXPIRY(5, "requests refused"),
    /** A device's token is revoked, and another given much later. */
    TOKEN_REVOCATION(3, "requests refused"),
    /** A device, offline or not, loses the permission to write, or to talk to the server at all, for a while. */
    PERMISSION_CHANGE(5, "requests or changes refused"),
    /** A device is restored from an older copy. */
    DEVICE_COPY(20, "stores restored"),
    /** A device is lost for ever, and its people go on with an empty one. */
    DEVICE_LOSS(4, "devices lost"),
    /** A device is cloned while both go on writing. */
    DEVICE_CLONE(5, "clones started"),
    /** The server is restored from an older copy. */
    SERVER_COPY(13, "servers restored");

    private final int weight;
    private final String effect;

    Fault(int weight, String effect) {
        this.weight = weight;
        this.effect = effect;
    }

    /** How often it comes, beside 600 writes, unless a world says otherwise. */
    public int weight() {
        return weight;
    }

    /** What is counted as its effect. */
    public String effect() {
        return effect;
    }
}
