using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Api.Users;

/// <summary><c>/api/v1/users</c>: who may use the dashboard. Passwords come in by one-time links only, never by a route.</summary>
internal static class UserRoutes
{
    /// <summary>Where the dashboard takes one-time links.</summary>
    private const string JoinPath = "/join?token=";

    private static readonly string[] RoleNames = ["viewer", "editor", "admin"];

    public static void Map(RouteGroupBuilder administer)
    {
        administer.MapGet("/users", ListAsync).WithName("users").WithSummary("Everybody by name, and one-time links that were not used.").Produces<UserList>();
        administer.MapPost("/users", AddAsync)
            .WithName("addUser")
            .WithSummary("Gives a name a role, without a password: for people whom a proxy lets in. Fields name and role.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict);
        administer.MapPost("/users/invitations", InviteAsync)
            .WithName("inviteUser")
            .WithSummary("A one-time link that makes an account, or gives one a new password. Fields role and name; without a name whoever uses it chooses one. It is in this answer and nowhere else.")
            .Produces<NewInvitationView>(StatusCodes.Status201Created);
        administer.MapPut("/users/{id}", SetRoleAsync).WithName("setUserRole").WithSummary("Changes what somebody may do; open pages follow within a minute.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        administer.MapPost("/users/{id}/sign-out", SignOutAsync).WithName("signUserOut").WithSummary("Signs somebody out of every browser.").Produces(StatusCodes.Status204NoContent);
        administer.MapDelete("/users/{id}", RemoveAsync).WithName("removeUser").WithSummary("Removes somebody, and signs them out.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(AccountStore accounts, InvitationStore invitations, CancellationToken cancellationToken) => TypedResults.Json(
        new UserList(
            [.. (await accounts.ListAsync(cancellationToken)).Select(account => new UserView(account.Id, account.Name, NameOf(account.Role), account.HasPassword, account.CreatedAt, account.Sessions))],
            [.. (await invitations.ListAsync(cancellationToken)).Select(invitation => new InvitationView(invitation.Name, NameOf(invitation.Role), invitation.CreatedBy, invitation.ExpiresAt))]),
        VitalsRoutes.Json);

    private static async Task<IResult> AddAsync(HttpRequest request, AccountStore accounts, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, ["name", "role"], cancellationToken);
        var name = fields.Text("name", AccountName.MaxLength) ?? throw new InvalidParameterException("name", "", "whom the proxy lets in; it is required");
        return await accounts.AddAsync(Checked(name), RoleOf(fields), cancellationToken) ? TypedResults.NoContent() : LastAdmin();
    }

    private static async Task<IResult> InviteAsync(HttpRequest request, InvitationStore invitations, TimeProvider clock, CancellationToken cancellationToken)
    {
        var fields = await RequestFields.ReadAsync(request, ["name", "role"], cancellationToken);
        var name = fields.Text("name", AccountName.MaxLength) is { } said ? Checked(said) : null;
        var token = await invitations.CreateAsync(name, RoleOf(fields), SignedIn.Author(request.HttpContext, null), cancellationToken);
        var link = $"{request.Scheme}://{request.Host}{request.PathBase}{JoinPath}{token}";
        return TypedResults.Json(new NewInvitationView(link, clock.GetUtcNow() + InvitationStore.GoodFor), VitalsRoutes.Json, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> SetRoleAsync(string id, HttpRequest request, AccountStore accounts, CancellationToken cancellationToken)
    {
        var role = RoleOf(await RequestFields.ReadAsync(request, ["role"], cancellationToken));
        return await ChangeAsync(id, account => accounts.SetRoleAsync(account, role, cancellationToken));
    }

    private static async Task<IResult> SignOutAsync(string id, AccountStore accounts, SessionStore sessions, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var account) || (await accounts.ListAsync(cancellationToken)).All(known => known.Id != account))
            return Unknown(id);
        await sessions.EndAllAsync(account, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<IResult> RemoveAsync(string id, AccountStore accounts, CancellationToken cancellationToken) =>
        ChangeAsync(id, account => accounts.RemoveAsync(account, cancellationToken));

    private static async Task<IResult> ChangeAsync(string id, Func<Guid, Task<AccountChange>> change) =>
        !Guid.TryParse(id, out var account) ? Unknown(id) : await change(account) switch
        {
            AccountChange.Done => TypedResults.NoContent(),
            AccountChange.LastAdmin => LastAdmin(),
            _ => Unknown(id),
        };

    private static string Checked(string name) => AccountName.Parse(name) ?? throw new InvalidParameterException("name", name, "a name that is not empty");

    private static AccountRole RoleOf(RequestFields fields)
    {
        var name = fields.Text("role", AccountName.MaxLength);
        var index = Array.IndexOf(RoleNames, name);
        return index >= 0 ? (AccountRole)(index + 1) : throw new InvalidParameterException("role", name ?? "", string.Join(", ", RoleNames));
    }

    private static string NameOf(AccountRole role) => RoleNames[(int)role - 1];

    private static ProblemHttpResult Unknown(string id) => Problems.Of(StatusCodes.Status404NotFound, "unknown_user", $"There is no user '{id}'. An id is the one that the list shows.");

    private static ProblemHttpResult LastAdmin() => Problems.Of(StatusCodes.Status409Conflict, "last_admin", "Nobody could administer any more. Make somebody else admin first.");
}
