using System.Net;
using SyncHealth.Host.Configuration;
using SyncHealth.Host.Data;

namespace SyncHealth.Host.Roles;

/// <summary>Everything that decides what a platform process runs and where.</summary>
internal sealed record PlatformPlan
{
    public required DataFolder Folder { get; init; }

    public required Settings Settings { get; init; }

    public required string ConnectionString { get; init; }

    /// <summary>The one clock that fleet, ingest, alerting, dashboard and every SQL <c>now</c> share.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Seconds of that clock in one real second, for the badge beside it.</summary>
    public double Speed { get; init; } = 1;

    public PlatformRoles Roles { get; init; } = PlatformRoles.All;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public int Port { get; init; }

    /// <summary>Demo: no login, the key <c>demo</c>, fake receivers, the reference sync server, a badge.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Demo of a release that goes wrong: what pages opens a ticket as well, so that the whole course of an incident is to be seen.</summary>
    public bool OpensTickets { get; init; }

    /// <summary>Token that read routes ask for; null: only the ones below, or none where none is needed.</summary>
    public string? ReadToken { get; init; }

    /// <summary>Token that may also set markers; null: none.</summary>
    public string? EditorToken { get; init; }

    /// <summary>Token that opens every route; null in demo, which needs none.</summary>
    public string? AdminToken { get; init; }

    /// <summary>Port of the demo's mail server, on loopback.</summary>
    public int MailPort { get; } = PortCheck.FindFree();

    /// <summary>Rules to use instead of the shipped ones.</summary>
    public string? RulesFile { get; init; }

    public string Url => $"http://{(IPAddress.Any.Equals(Address) ? IPAddress.Loopback : Address)}:{Port}";
}
