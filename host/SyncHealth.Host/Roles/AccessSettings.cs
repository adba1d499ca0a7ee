using System.Net;
using SyncHealth.Dashboard.Access;
using SyncHealth.Host.Configuration;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Host.Roles;

/// <summary>Reads who may open the pages, and which proxies are believed.</summary>
internal static class AccessSettings
{
    /// <summary>Folder below the secrets for the keys that sign forms.</summary>
    private const string KeyFolder = "forms";

    /// <exception cref="StartupException">A value is wrong; the message names the key to set.</exception>
    public static AccessOptions Read(PlatformPlan plan) => new()
    {
        IsOpen = plan.IsDemo,
        UserHeader = plan.Settings.Text("Access:UserHeader"),
        RoleOfUnknown = Role(plan.Settings),
        Proxies = Proxies(plan.Settings),
        KeyFolder = plan.Settings.Text("Access:KeyFolder") ?? Path.Combine(plan.Folder.Secrets, KeyFolder),
    };

    private static AccountRole? Role(Settings settings)
    {
        const string Key = "Access:RoleOfUnknown";
        return settings.Text(Key) switch
        {
            null => AccountRole.Viewer,
            "none" => null,
            var text => AccessPolicy.Find(text) ?? throw Settings.Bad(Key, text, "viewer, editor, admin or none"),
        };
    }

    private static List<IPNetwork> Proxies(Settings settings)
    {
        const string Key = "Http:Proxies";
        var proxies = new List<IPNetwork>();
        foreach (var text in (settings.Text(Key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            proxies.Add(
                IPNetwork.TryParse(text, out var network) ? network
                : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : throw Settings.Bad(Key, text, "addresses or networks of proxies, such as 10.0.0.5 or 10.0.0.0/24, separated by commas"));
        return proxies;
    }
}
