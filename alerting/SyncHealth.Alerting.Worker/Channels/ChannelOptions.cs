namespace SyncHealth.Alerting.Worker.Channels;

/// <summary>A configured receiver.</summary>
public abstract class ChannelOptions
{
    /// <summary>Name under which rules notify it. Required.</summary>
    public string Name { get; set; } = "";

    /// <summary>Name of the receiver that hears what this one refuses for good or cannot be told within a day. Default: none.</summary>
    public string? Fallback { get; set; }

    /// <summary>The value of <c>type</c> in a file.</summary>
    internal abstract string Type { get; }

    /// <summary>Whether the secrets were given: a receiver whose file or variable is empty is shown as such, and told nothing.</summary>
    internal virtual bool HasSecret => Secrets.All(secret => !secret.IsEmpty);

    /// <summary>Whether it is told that somebody is on an incident.</summary>
    internal virtual bool HearsAcknowledgements => false;

    /// <summary>Whether it is a place to read in; pagers and issue trackers are not.</summary>
    internal virtual bool TakesDigests => true;

    /// <summary>Every value that must not be shown.</summary>
    internal abstract IReadOnlyList<Secret> Secrets { get; }

    /// <summary>The addresses requests go to, with the key that sets each.</summary>
    internal abstract IReadOnlyList<(string Key, Uri? Address)> Targets { get; }

    /// <summary>Where it leads, for people: the hosts of its addresses.</summary>
    internal virtual string TargetName => string.Join(' ', Targets.Select(target => target.Address?.Host));

    /// <summary>What is wrong with the values, as <c>key: rule</c>; without secrets.</summary>
    internal abstract IEnumerable<string> Problems();

    internal abstract IChannel Create(ChannelHttp http);
}
