using SyncHealth.Contracts;

namespace SyncHealth.Client;

/// <summary>What the device is at the moment of an event, as the host's platform knows it. What is <see langword="null"/> stays as the options say.</summary>
public readonly record struct DeviceContext
{
    /// <summary>The network in use. Default: unknown. <see cref="SyncAttempt.On"/> outranks it.</summary>
    public SyncNetwork Network { get; init; }

    /// <summary>Whether the user pays for the network by volume; <see langword="null"/> when unknown. <see cref="SyncAttempt.On"/> outranks it.</summary>
    public bool? Metered { get; init; }

    /// <summary>Version of the app, as of this event.</summary>
    public string? AppVersion { get; init; }

    /// <summary>Operating system, lower case, as of this event.</summary>
    public string? Os { get; init; }

    /// <summary>Version of the operating system, as of this event.</summary>
    public string? OsVersion { get; init; }

    /// <summary>Model of the device, as of this event.</summary>
    public string? DeviceModel { get; init; }
}
