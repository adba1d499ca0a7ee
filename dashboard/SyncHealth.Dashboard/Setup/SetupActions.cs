using System.Data.Common;
using Microsoft.Extensions.Logging;
using SyncHealth.Dashboard.Access;
using SyncHealth.Storage.Accounts;
using SyncHealth.Storage.Apps;
using SyncHealth.Storage.Keys;

namespace SyncHealth.Dashboard.Setup;

/// <summary>What admins change on the setup page. Each change asks first whether the viewer is one as of now.</summary>
public sealed class SetupActions(KeyStore keys, AppSettingStore settings, AccountStore accounts, InvitationStore invitations, SessionStore sessions, ILogger<SetupActions> logger)
{
    /// <summary>Characters of an app's name and of a key's label, as the routes take them.</summary>
    public const int MaxAppLength = 200;

    /// <summary>Characters of what people call a key.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>What may stand between origins.</summary>
    private static readonly char[] Separators = [' ', ',', '\n', '\r', '\t'];

    /// <summary>Makes a key for one app; its text is in the answer and nowhere else.</summary>
    /// <param name="origins">Of web apps that may send with it, with spaces or lines between them.</param>
    public Task<SetupChange> CreateKeyAsync(Viewer viewer, string? app, string? label, string? origins = null) => TryAsync(viewer, async () =>
    {
        if (NameOf(app) is not { } name)
            return SetupChange.Refused("Say which app the key is for.");
        var (allowed, problem) = OriginsOf(origins);
        if (problem is not null)
            return SetupChange.Refused(problem);
        var called = NameOf(label) is { } said ? said[..Math.Min(said.Length, MaxLabelLength)] : name[..Math.Min(name.Length, MaxLabelLength)];
        var made = await keys.CreateAsync(new NewKey(name, called) { AllowedOrigins = allowed, EventsPerSecond = IngestKey.DefaultEventsPerSecond }, CancellationToken.None);
        return new SetupChange(null, made.Text);
    });

    /// <summary>Puts a successor beside a key; both write until one is revoked.</summary>
    public Task<SetupChange> RotateKeyAsync(Viewer viewer, IngestKey key) => TryAsync(viewer, async () =>
        await keys.RotateAsync(key.Id, CancellationToken.None) is { } successor
            ? new SetupChange(null, successor.Text)
            : SetupChange.Refused("The key has a live successor already, or was revoked. Revoke one of the two first."));

    /// <summary>Refuses a key until it is resumed, or lets it write again.</summary>
    public Task<SetupChange> PauseKeyAsync(Viewer viewer, IngestKey key, bool pause) => TryAsync(viewer, async () =>
        Of(pause ? await keys.PauseAsync(key.Id, CancellationToken.None) : await keys.ResumeAsync(key.Id, CancellationToken.None), "The key was revoked meanwhile, which is for good."));

    /// <summary>Gives a key other web origins.</summary>
    /// <param name="origins">With spaces or lines between them; none of them: no web app.</param>
    public Task<SetupChange> SetOriginsAsync(Viewer viewer, IngestKey key, string? origins) => TryAsync(viewer, async () =>
    {
        var (allowed, problem) = OriginsOf(origins);
        return problem is null
            ? Of(await keys.SetOriginsAsync(key.Id, allowed, CancellationToken.None), "The key was revoked meanwhile, which is for good.")
            : SetupChange.Refused(problem);
    });

    /// <summary>Refuses a key for good.</summary>
    public Task<SetupChange> RevokeKeyAsync(Viewer viewer, IngestKey key) => TryAsync(viewer, async () =>
    {
        await keys.RevokeAsync(key.Id, CancellationToken.None);
        return SetupChange.Made;
    });

    /// <summary>Sets what an app has of its own.</summary>
    public Task<SetupChange> SaveAppAsync(Viewer viewer, AppSetting setting) => TryAsync(viewer, async () =>
    {
        if (setting.EventsPerSecond is < 1 or > AppLimits.MaxEventsPerSecond || Days(setting).Any(days => days is < 1 or > AppSetting.MaxDays))
            return SetupChange.Refused($"Limits are whole numbers from 1 on, at most {AppSetting.MaxDays} days; empty leaves it to the installation.");
        try
        {
            await settings.SaveAsync(setting, CancellationToken.None);
            return SetupChange.Made;
        }
        catch (AppSettingException refused)
        {
            return SetupChange.Refused(refused.Message);
        }
    });

    /// <summary>Makes a one-time link; what follows the installation's address is in the answer and nowhere else.</summary>
    public Task<SetupChange> InviteAsync(Viewer viewer, string? name, AccountRole role) => TryAsync(viewer, async () =>
        AccountName.Parse(name) is { } parsed
            ? new SetupChange(null, AccessPaths.JoinWith(await invitations.CreateAsync(parsed, role, viewer.Name ?? "setup", CancellationToken.None)))
            : SetupChange.Refused($"A name has 1 to {AccountName.MaxLength} characters on one line."));

    /// <summary>Changes what somebody may do.</summary>
    public Task<SetupChange> SetRoleAsync(Viewer viewer, Account account, AccountRole role) =>
        TryAsync(viewer, async () => Of(await accounts.SetRoleAsync(account.Id, role, CancellationToken.None)));

    /// <summary>Signs somebody out of every browser.</summary>
    public Task<SetupChange> SignOutAsync(Viewer viewer, Account account) => TryAsync(viewer, async () =>
    {
        await sessions.EndAllAsync(account.Id, CancellationToken.None);
        return SetupChange.Made;
    });

    /// <summary>Removes somebody.</summary>
    public Task<SetupChange> RemoveAsync(Viewer viewer, Account account) =>
        TryAsync(viewer, async () => Of(await accounts.RemoveAsync(account.Id, CancellationToken.None)));

    private static SetupChange Of(bool done, string problem) => done ? SetupChange.Made : SetupChange.Refused(problem);

    private static SetupChange Of(AccountChange change) => change switch
    {
        AccountChange.Done => SetupChange.Made,
        AccountChange.LastAdmin => SetupChange.Refused("Nobody could administer any more. Make somebody else admin first."),
        _ => SetupChange.Refused("That account was removed meanwhile."),
    };

    private static string? NameOf(string? text) => text?.Trim() is { Length: > 0 and <= MaxAppLength } name && !name.Any(char.IsControl) ? name : null;

    private static (IReadOnlyList<string> Origins, string? Problem) OriginsOf(string? text)
    {
        var said = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (said.FirstOrDefault(origin => WebOrigin.Parse(origin) is null) is { } wrong)
            return ([], $"“{wrong}” is no origin: write scheme, host and port, such as https://notes.example, or * for any page.");
        string[] origins = [.. said.Select(origin => WebOrigin.Parse(origin)!).Distinct()];
        return origins.Length <= WebOrigin.MaxCount ? (origins, null) : ([], $"A key has at most {WebOrigin.MaxCount} origins.");
    }

    private static int?[] Days(AppSetting setting) => [setting.RawDays, setting.HourDays, setting.DayDays];

    private async Task<SetupChange> TryAsync(Viewer viewer, Func<Task<SetupChange>> change)
    {
        try
        {
            return await viewer.MayAsync(AccountRole.Admin, CancellationToken.None) ? await change() : SetupChange.Refused("You are no admin here any more.");
        }
        catch (DbException error)
        {
            Log.SetupChangeFailed(logger, error);
            return SetupChange.Refused("The database does not answer. Nothing was changed; try again in a few seconds.");
        }
    }
}
