namespace SyncHealth.Client.Recording;

/// <summary>What the install is at one moment. A change makes a new one; events point at the one of their moment.</summary>
internal sealed record Resource
{
    internal string? App { get; init; }

    internal string? AppVersion { get; init; }

    internal string? Os { get; init; }

    internal string? OsVersion { get; init; }

    internal string? Environment { get; init; }

    internal string? DeviceId { get; init; }

    internal string? DeviceModel { get; init; }

    internal string? UserRef { get; init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Whether what the device says is what we know.</summary>
    internal bool IsAs(in DeviceContext said) =>
        (said.AppVersion ?? AppVersion) == AppVersion && (said.Os ?? Os) == Os && (said.OsVersion ?? OsVersion) == OsVersion && (said.DeviceModel ?? DeviceModel) == DeviceModel;

    internal Resource With(DeviceContext said) => this with
    {
        AppVersion = Bounded.Text(said.AppVersion) ?? AppVersion,
        Os = Bounded.Text(said.Os) ?? Os,
        OsVersion = Bounded.Text(said.OsVersion) ?? OsVersion,
        DeviceModel = Bounded.Text(said.DeviceModel) ?? DeviceModel,
    };

    internal static Resource From(SyncTelemetryOptions options) => new()
    {
        App = Bounded.Text(options.App),
        AppVersion = Bounded.Text(options.AppVersion),
        Os = Bounded.Text(options.Os),
        OsVersion = Bounded.Text(options.OsVersion),
        Environment = Bounded.Text(options.Environment),
        DeviceId = Bounded.Text(options.DeviceId),
        DeviceModel = Bounded.Text(options.DeviceModel),
        UserRef = Bounded.Text(options.UserRef),
        Tags = [.. options.Tags
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Take(Contracts.EventLimits.MaxTags)
            .Select(tag => new KeyValuePair<string, string>(Bounded.Tag(tag.Key)!, Bounded.Tag(tag.Value) ?? ""))],
    };
}
