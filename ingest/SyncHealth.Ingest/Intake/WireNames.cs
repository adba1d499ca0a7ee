using SyncHealth.Contracts;

namespace SyncHealth.Ingest.Intake;

/// <summary>The enumerations of the wire, found by their UTF-8 names.</summary>
internal static class WireNames
{
    public static readonly Utf8Names<SyncType> Type = Of(Wire.Type);
    public static readonly Utf8Names<SyncOutcome> Outcome = Of(Wire.Outcome);
    public static readonly Utf8Names<SyncDirection> Direction = Of(Wire.Direction);
    public static readonly Utf8Names<SyncErrorKind> ErrorKind = Of(Wire.ErrorKind);
    public static readonly Utf8Names<SyncTrigger> Trigger = Of(Wire.Trigger);

    /// <summary>The contract's names and those of OpenTelemetry's <c>network.connection.type</c>.</summary>
    public static readonly Utf8Names<SyncNetwork> Network = Of(
        Wire.Network, ("cell", SyncNetwork.Cellular), ("wired", SyncNetwork.Ethernet), ("unavailable", SyncNetwork.None));

    private static Utf8Names<T> Of<T>(WireEnum<T> wire, params (string Name, T Value)[] more)
        where T : struct, Enum =>
        new([.. wire.Names.Select(name => (name, wire.TryParse(name, out var value) ? value : default)), .. more]);
}
