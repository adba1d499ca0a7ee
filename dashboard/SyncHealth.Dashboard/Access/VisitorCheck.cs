using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Whether visitors may still do what they could when they came. Asks the database each time.</summary>
internal sealed class VisitorCheck(SessionStore sessions, AccountStore accounts, AccessOptions options)
{
    /// <summary>What each visitor is now; null for those who are nobody any more. In the order in which they were given.</summary>
    public async Task<IReadOnlyList<Visitor?>> CheckAsync(IReadOnlyList<Visitor> visitors, CancellationToken cancellationToken)
    {
        var ids = visitors.Select(visitor => visitor.Session).OfType<Guid>().ToArray();
        var held = ids.Length > 0 ? await sessions.CheckAsync(ids, cancellationToken) : new Dictionary<Guid, Session>();
        var named = visitors.Where(visitor => visitor is { Session: null, Name: not null }).Select(visitor => visitor.Name!).ToArray();
        var roles = named.Length > 0 ? await accounts.FindRolesAsync(named, cancellationToken) : new Dictionary<string, AccountRole>();
        return [.. visitors.Select(Now)];

        Visitor? Now(Visitor visitor) => visitor switch
        {
            { Session: { } id } => held.TryGetValue(id, out var session) ? Visitor.Of(session) : null,
            { Name: { } name } => Named(name, roles),
            _ => visitor,
        };
    }

    /// <summary>Whom a proxy has let in under a name; null when that name may do nothing here.</summary>
    public async Task<Visitor?> FindNamedAsync(string name, CancellationToken cancellationToken) =>
        Named(name, await accounts.FindRolesAsync([name], cancellationToken));

    private Visitor? Named(string name, IReadOnlyDictionary<string, AccountRole> roles) =>
        (roles.TryGetValue(AccountName.KeyOf(name), out var known) ? known : options.RoleOfUnknown) is { } role ? new Visitor(name, role) : null;
}
