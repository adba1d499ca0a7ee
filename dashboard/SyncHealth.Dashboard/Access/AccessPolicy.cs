using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary>Which role a page asks for, by the name that its <c>[Authorize]</c> says.</summary>
public static class AccessPolicy
{
    /// <summary>Whoever may look. Every page asks for it by the folder's <c>_Imports.razor</c>.</summary>
    public const string Viewer = "viewer";

    /// <summary>Whoever may say things to the others.</summary>
    public const string Editor = "editor";

    /// <summary>Whoever decides about apps, keys and people.</summary>
    public const string Admin = "admin";

    /// <summary>A role as claims, routes and people write it.</summary>
    public static string NameOf(AccountRole role) => role switch
    {
        AccountRole.Viewer => Viewer,
        AccountRole.Editor => Editor,
        AccountRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    /// <summary>A role from its name; null when there is none such.</summary>
    public static AccountRole? Find(string? name) => name switch
    {
        Viewer => AccountRole.Viewer,
        Editor => AccountRole.Editor,
        Admin => AccountRole.Admin,
        _ => null,
    };

    /// <summary>Registers the policies. What declares none is for admins: a route that was forgotten is closed.</summary>
    internal static void Configure(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<AccountRole>())
            options.AddPolicy(NameOf(role), policy => policy.RequireAssertion(context => Visitor.Of(context.User)?.May(role) == true));
        options.DefaultPolicy = options.GetPolicy(Admin)!;
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(IsForgiven).Build();
    }

    /// <summary>An address where nothing is may be asked for by whoever is signed in: the answer is that nothing is there.</summary>
    private static bool IsForgiven(AuthorizationHandlerContext context) =>
        Visitor.Of(context.User) is { } visitor && (visitor.May(AccountRole.Admin) || context.Resource is HttpContext http && http.GetEndpoint() is null);
}
