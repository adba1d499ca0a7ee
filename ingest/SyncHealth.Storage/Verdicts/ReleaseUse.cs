namespace SyncHealth.Storage.Verdicts;

/// <summary>Who runs a release.</summary>
public sealed record ReleaseUse
{
    /// <summary>Below one in a hundred of the app's devices a day, those that come are stragglers.</summary>
    private const double Stragglers = 0.01;

    public string Name { get; init; } = "";

    /// <summary>Devices that ever reported from it; by tag, within the raw events.</summary>
    public long Devices { get; init; }

    /// <summary>Devices seen in the last 7 days that run it now.</summary>
    public long CurrentDevices { get; init; }

    /// <summary>Devices that came to it from another release in the last 24 hours and still run it.</summary>
    public long JoinedDevices { get; init; }

    /// <summary>Devices seen in the last 7 days, on any release.</summary>
    public long AllDevices { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Its share of the devices seen in the last 7 days, in percent; 0 where there are none.</summary>
    public double Share => AllDevices == 0 ? 0 : 100.0 * CurrentDevices / AllDevices;

    public ReleaseStage Stage =>
        CurrentDevices * 2 < Devices ? ReleaseStage.Replaced
        : JoinedDevices > AllDevices * Stragglers ? ReleaseStage.RollingOut
        : ReleaseStage.Adopted;
}
