using System.Security.Claims;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Who asks, as far as it was proven.</summary>
/// <param name="Name">Null where nobody signs in.</param>
/// <param name="Session">The session that proved it; null where a proxy said so, or nobody signs in.</param>
/// <param name="Account">The account behind the session.</param>
public sealed record Visitor(string? Name, AccountRole Role, Guid? Session = null, Guid? Account = null)
{
    /// <summary>Type of the identity: it was made here and nowhere else.</summary>
    public const string Scheme = "SyncHealth";

    private const string SessionClaim = "synchealth:session";

    /// <summary>Everybody on the machine of a demo.</summary>
    public static readonly Visitor Anybody = new(null, AccountRole.Admin);

    /// <summary>Whether the role is this one or a higher one.</summary>
    public bool May(AccountRole role) => Role >= role;

    /// <summary>From the claims of a request or a circuit; null for nobody.</summary>
    public static Visitor? Of(ClaimsPrincipal? user)
    {
        if (user?.Identities.FirstOrDefault(identity => identity.AuthenticationType == Scheme) is not { } identity || AccessPolicy.Find(identity.FindFirst(ClaimTypes.Role)?.Value) is not { } role)
            return null;
        return new Visitor(identity.Name, role, IdOf(identity, SessionClaim), IdOf(identity, ClaimTypes.NameIdentifier));
    }

    /// <summary>Who holds a session.</summary>
    public static Visitor Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new Visitor(session.Name, session.Role, session.Id, session.AccountId);
    }

    /// <summary>As claims.</summary>
    public ClaimsPrincipal ToPrincipal()
    {
        List<Claim> claims = [new(ClaimTypes.Role, AccessPolicy.NameOf(Role))];
        Add(ClaimTypes.Name, Name);
        Add(SessionClaim, Session?.ToString());
        Add(ClaimTypes.NameIdentifier, Account?.ToString());
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));

        void Add(string type, string? value)
        {
            if (value is not null)
                claims.Add(new Claim(type, value));
        }
    }

    private static Guid? IdOf(ClaimsIdentity identity, string type) => Guid.TryParse(identity.FindFirst(type)?.Value, out var id) ? id : null;
}
