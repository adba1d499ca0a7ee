using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SyncHealth.Dashboard.Access.Documents;
using SyncHealth.Storage.Accounts;

namespace SyncHealth.Dashboard.Access;

/// <summary><c>/account</c>: one's own password, and signing out.</summary>
internal static class AccountForm
{
    public static IResult Show(HttpContext context) => Form(context, StatusCodes.Status200OK, null, done: false);

    public static async Task<IResult> SubmitAsync(HttpContext context, AccountStore accounts, Passwords passwords, LoginThrottle throttle)
    {
        var visitor = Visitor.Of(context.User);
        if (visitor is not { Name: { } name, Account: { } account, Session: { } session })
            return FormResult.GoTo(context, AccessPaths.Login);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (current, password, again) = (form["current"].ToString(), form["password"].ToString(), form["again"].ToString());
        if ((Passwords.Objection(password, name) ?? (password == again ? null : "The two new passwords differ.")) is { } objection)
            return Form(context, StatusCodes.Status400BadRequest, objection, done: false);
        // Whoever sits down at an open screen must not find out the password by trying.
        if (throttle.Begin(name, context.Connection.RemoteIpAddress) is not null)
            return Form(context, StatusCodes.Status429TooManyRequests, "Too many tries. Wait a few minutes.", done: false);
        var secret = await accounts.FindSecretAsync(name, context.RequestAborted);
        if (current.Length > Passwords.MaxLength || !await passwords.VerifyAsync(secret?.PasswordHash, current, context.RequestAborted))
            return Form(context, StatusCodes.Status401Unauthorized, "The present password is another one.", done: false);

        throttle.Succeed(name, context.Connection.RemoteIpAddress);
        await accounts.SetPasswordAsync(account, await passwords.HashAsync(password, context.RequestAborted), session, context.RequestAborted);
        return Form(context, StatusCodes.Status200OK, null, done: true);
    }

    public static async Task<IResult> LeaveAsync(HttpContext context, SessionStore sessions)
    {
        if (Visitor.Of(context.User)?.Session is { } session)
            await sessions.EndAsync(session, context.RequestAborted);
        SessionCookie.Clear(context);
        return FormResult.GoTo(context, AccessPaths.Login);
    }

    private static RazorComponentResult Form(HttpContext context, int status, string? problem, bool done) => FormResult.Document<AccountDocument>(
        status, new() { [nameof(AccountDocument.Visitor)] = Visitor.Of(context.User), [nameof(AccountDocument.Problem)] = problem, [nameof(AccountDocument.Done)] = done });
}
