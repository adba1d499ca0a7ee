using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Host.Roles;

/// <summary>How the first person gets in: there is no default password, so the start prints a link.</summary>
internal static class FirstAdmin
{
    /// <summary>What to say at the start; null when somebody can administer already, or a proxy says who people are.</summary>
    /// <remarks>Each start makes a new link and the one before void: only the newest output in a terminal opens anything, and only until somebody has used it.</remarks>
    public static async Task<string?> InviteAsync(PlatformPlan plan, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!plan.Roles.HasFlag(PlatformRoles.Dashboard) || plan.IsDemo || services.GetRequiredService<AccessOptions>().UserHeader is not null)
            return null;
        if (await services.GetRequiredService<AccountStore>().HasAdminAsync(cancellationToken))
            return null;
        var token = await services.GetRequiredService<InvitationStore>().CreateAsync(null, AccountRole.Admin, "the first start", cancellationToken);
        var address = plan.Settings.Text("Alerting:DashboardUrl")?.TrimEnd('/') ?? plan.Url;
        return $"Nobody can sign in yet. Make yourself the first admin, once and within {InvitationStore.GoodFor.TotalDays:0} days:{Environment.NewLine}  {address}{AccessPaths.JoinWith(token)}";
    }
}
