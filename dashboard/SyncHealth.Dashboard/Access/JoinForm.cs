using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Dashboard.Access.Documents;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary><c>/join</c>: where a one-time link leads. Looking at it uses nothing up, so that a program that previews links does no harm.</summary>
internal static class JoinForm
{
    private const string Token = "token";

    public static async Task<IResult> ShowAsync(HttpContext context, InvitationStore invitations)
    {
        var token = context.Request.Query[Token].ToString();
        return await invitations.FindAsync(token, context.RequestAborted) is { } invitation ? Form(StatusCodes.Status200OK, token, invitation, "", null) : Gone();
    }

    public static async Task<IResult> SubmitAsync(HttpContext context, InvitationStore invitations, SessionStore sessions, Passwords passwords)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (token, password, again) = (form[Token].ToString(), form["password"].ToString(), form["again"].ToString());
        if (await invitations.FindAsync(token, context.RequestAborted) is not { } invitation)
            return Gone();
        var name = AccountName.Parse(invitation.Name ?? form["name"]);
        if (ObjectionTo(name, password, again) is { } objection)
            return Form(StatusCodes.Status400BadRequest, token, invitation, name ?? "", objection);

        var hash = await passwords.HashAsync(password, context.RequestAborted);
        if (await invitations.RedeemAsync(token, name!, hash, context.RequestAborted) is not { } account)
            return Form(StatusCodes.Status409Conflict, token, invitation, name!, "The name is somebody's already, or the link was used a moment ago. Choose another name.");
        SessionCookie.Write(context, await sessions.StartAsync(account, context.RequestAborted));
        return FormResult.GoTo(context, "/");
    }

    private static string? ObjectionTo(string? name, string password, string again) =>
        name is null ? $"A name has 1 to {AccountName.MaxLength} characters on one line."
        : Passwords.Objection(password, name) ?? (password == again ? null : "The two passwords differ.");

    private static RazorComponentResult Gone() => FormResult.Refuse(
        StatusCodes.Status404NotFound, "This link is no longer good", "It was used, replaced by a newer one, or is older than three days. Ask an admin for another; for the first admin, ./synchealth users invite --role admin prints one.");

    private static RazorComponentResult Form(int status, string token, Invitation invitation, string name, string? problem) => FormResult.Document<JoinDocument>(
        status,
        new() { [nameof(JoinDocument.Token)] = token, [nameof(JoinDocument.Invitation)] = invitation, [nameof(JoinDocument.Name)] = name, [nameof(JoinDocument.Problem)] = problem });
}
