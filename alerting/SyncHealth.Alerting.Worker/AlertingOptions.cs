using SyncHealth.Alerting.Digests;
using SyncHealth.Alerting.Routing;
using SyncHealth.Alerting.Worker.Channels;

namespace SyncHealth.Alerting.Worker;

/// <summary>Where rules and receivers come from, and how alerting runs. Validated when it is added to a container.</summary>
public sealed class AlertingOptions
{
    /// <summary>Shortest interval between two evaluations.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longest one: beyond it an alert would be old news.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromHours(1);

    /// <summary>A YAML file of rules, receivers, or both. Default: none, and the three rules that ship.</summary>
    public string? RulesFile { get; set; }

    /// <summary>A YAML file of receivers. Default: none.</summary>
    public string? ReceiversFile { get; set; }

    /// <summary>Receivers given in code; one of a file with the same name goes before. Default: none.</summary>
    public IList<ChannelOptions> Receivers { get; } = [];

    /// <summary>Digests given in code, beside those of files. Default: none.</summary>
    public IList<DigestDefinition> Digests { get; } = [];

    /// <summary>A routing tree given in code, for an installation whose files hold none. Default: none, and every alert goes to the receivers of its rule.</summary>
    public IList<Route> Routes { get; } = [];

    /// <summary>Time between two evaluations, on the shared clock. Default: 15 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Address under which readers of messages reach the dashboard and its runbooks. Default: none, and messages carry no links.</summary>
    public Uri? DashboardUrl { get; set; }

    /// <summary>Receivers that hear of the platform's own troubles. Default: none, and that is every pager, or every receiver where there is none.</summary>
    public IList<string> HealthReceivers { get; } = [];

    /// <summary>Address that hears a sign of life once a minute as long as rules are evaluated. Default: none.</summary>
    public Secret? HeartbeatUrl { get; set; }

    /// <summary>Whether receivers may be on private networks and plain http. Default: false, so that no receiver can be pointed into the house.</summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>
    /// The clock of leases, retries and Retry-After. Default: the wall clock, whatever the speed of the shared one: a vendor's
    /// "come back in 30 s" means 30 real seconds.
    /// </summary>
    public TimeProvider DeliveryClock { get; set; } = TimeProvider.System;

    /// <summary>What carries requests to receivers. Default: null, and a socket that refuses private targets.</summary>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <exception cref="AlertingConfigurationException">A value is out of range; the message names the key to set.</exception>
    internal void Validate()
    {
        if (Interval < MinInterval || Interval > MaxInterval)
            throw new AlertingConfigurationException("Alerting:Interval must be from 1s to 1h (environment SYNCHEALTH__Alerting__Interval).");
        if (DashboardUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            throw new AlertingConfigurationException("Alerting:DashboardUrl must be an absolute http or https address (environment SYNCHEALTH__Alerting__DashboardUrl).");
        if (HeartbeatUrl is { IsEmpty: false } heartbeat
            && !(Uri.TryCreate(heartbeat.Reveal(), UriKind.Absolute, out var address) && (address.Scheme == "https" || (AllowPrivateTargets && address.Scheme == "http"))))
            throw new AlertingConfigurationException("Alerting:HeartbeatUrl must be an absolute https address (environment SYNCHEALTH__Alerting__HeartbeatUrl, or HeartbeatUrlFile).");
    }
}
