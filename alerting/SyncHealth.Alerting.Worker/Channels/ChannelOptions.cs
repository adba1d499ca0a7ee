namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>A configured receiver.</summary>
public abstract class ChannelOptions
{
    /// <summary>Name under which rules notify it. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Every value that must not be shown.</summary>
    internal abstract IReadOnlyList<Secret> Secrets { get; }

    /// <summary>The addresses requests go to, with the key that sets each.</summary>
    internal abstract IReadOnlyList<(string Key, Uri? Address)> Targets { get; }

    /// <summary>What is wrong with the values, as <c>key: rule</c>; without secrets.</summary>
    internal abstract IEnumerable<string> Problems();

    internal abstract IChannel Create(ChannelHttp http);
}
