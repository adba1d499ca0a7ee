using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Dashboard.Access;

/// <summary>Puts signing in around the pages and the routes of the same application.</summary>
internal static class AccessServices
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="ArgumentException">An option is invalid; the message names the key to set.</exception>
    public static void Add(IServiceCollection services, AccessOptions options)
    {
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton<Passwords>();
        services.AddSingleton<LoginThrottle>();
        services.AddSingleton<VisitorCheck>();
        services.AddSingleton(provider => new AccessWatch(
            provider.GetRequiredService<VisitorCheck>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AccessWatch>>()));
        services.AddHostedService(provider => provider.GetRequiredService<AccessWatch>());
        services.AddScoped<Viewer>();
        services.AddScoped<AuthenticationStateProvider>(provider => provider.GetRequiredService<Viewer>());
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(Visitor.Scheme).AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(Visitor.Scheme, null);
        services.AddAuthorization(AccessPolicy.Configure);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "synchealth-form";
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        var keys = services.AddDataProtection().SetApplicationName("SyncHealth");
        if (options.KeyFolder is { } folder)
            keys.PersistKeysToFileSystem(Private(folder));
    }

    /// <summary>Everything that has to come before a request reaches a page or a route, in this order.</summary>
    public static void Use(WebApplication app)
    {
        app.UseSyncHealthHeaders();
        TrustedProxy.Use(app, app.Services.GetRequiredService<AccessOptions>().Proxies);
        OriginGuard.Use(app);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static DirectoryInfo Private(string folder) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnerOnly);
}
