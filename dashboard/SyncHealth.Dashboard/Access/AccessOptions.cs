using System.Net;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Who may open the pages. Configuration sections <c>Access</c> and <c>Http</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>Lets everybody on this machine do everything, and nobody else do anything: the demo. Default: false, people sign in.</summary>
    public bool IsOpen { get; set; }

    /// <summary>
    /// Header in which a proxy names who is signed in, such as <c>X-Forwarded-User</c>. It is believed from <see cref="Proxies"/> and ignored from anybody
    /// else; there are no passwords then. Default: null, people sign in here.
    /// </summary>
    public string? UserHeader { get; set; }

    /// <summary>What a name may do that a proxy has let in and that has no account. Default: viewer; null: nothing.</summary>
    public AccountRole? RoleOfUnknown { get; set; } = AccountRole.Viewer;

    /// <summary>Proxies in front: only they are believed about who asks, from where and over which scheme. Default: none.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; set; } = [];

    /// <summary>Folder of the keys that sign forms, so that an open form outlives a restart. Default: null, kept in memory.</summary>
    public string? KeyFolder { get; set; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Values contradict each other; the message names the key to set.</exception>
    public void Validate()
    {
        if (UserHeader is not null && Proxies.Count == 0)
            throw new ArgumentException("Http:Proxies must name the proxies that may set Access:UserHeader, or anybody could be anybody (environment SYNCHEALTH__Http__Proxies).");
        if (UserHeader is { } header && !header.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            throw new ArgumentException("Access:UserHeader must be the name of a header, such as X-Forwarded-User (environment SYNCHEALTH__Access__UserHeader).");
    }
}
