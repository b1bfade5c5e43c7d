//! The people of the office: inviting them, their roles, ending their access.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use mandate_accounts::{
    AccountError, Area, NewPerson, Parties, Party, PartyProblem, PasskeyInfo, PersonRecord, Role,
    passkeys, people, set_parties,
};
use mandate_store::Id;

use super::{message, roles_in_words};
use crate::{
    FormData, Page, Problem, Visit,
    form::{Errors, Field},
};

struct PersonLine {
    id: Id,
    name: String,
    email: String,
    roles: String,
    state: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    errors: Errors,
    people: Vec<PersonLine>,
    name: Field,
    email: Field,
    roles: Vec<Field>,
    administrator: Field,
    link: Option<String>,
}

pub(super) async fn list_people(visit: Visit) -> Result<Html<String>, Problem> {
    people_page(&visit, &FormData::default(), Errors::none(), None).await
}

async fn people_page(
    visit: &Visit,
    form: &FormData,
    errors: Errors,
    link: Option<String>,
) -> Result<Html<String>, Problem> {
    let (ground, l) = (visit.ground(), visit.l());
    let mut lines: Vec<PersonLine> = people::all(&mut ground.store.clone())
        .await?
        .iter()
        .map(|person| person_line(visit, person))
        .collect();
    l.sort_by_key(&mut lines, |line| line.name.clone());
    let page = PeoplePage {
        page: visit.page("accounts-people-title"),
        people: lines,
        name: Field::new(l, "name", "accounts-name", form, &errors).required(),
        email: Field::new(l, "email", "accounts-email", form, &errors).required(),
        roles: role_fields(visit, form, &errors),
        administrator: administrator_field(visit, form, &errors),
        errors,
        link,
    };
    Ok(Html(page.render()?))
}

fn role_name(area: Area) -> String {
    format!("role-{area}")
}

/// One choice for each area of the office's work.
fn role_fields(visit: &Visit, form: &FormData, errors: &Errors) -> Vec<Field> {
    let l = visit.l();
    let field = |area: &Area| {
        let roles = Role::ALL
            .iter()
            .map(|role| (role.to_string(), l.text(&format!("accounts-role-{role}"))));
        let label = format!("accounts-area-{area}");
        Field::new(l, &role_name(*area), &label, form, errors)
            .choices(form, roles)
            .or_none(l.text("accounts-role-none"))
    };
    Area::ALL.iter().map(field).collect()
}

fn administrator_field(visit: &Visit, form: &FormData, errors: &Errors) -> Field {
    let l = visit.l();
    Field::new(l, "administrator", "accounts-may-also", form, errors)
        .choices(form, [("yes".to_owned(), l.text("accounts-administrator"))])
}

/// What the form says; an area without a role is not in it.
fn chosen_roles(form: &FormData) -> BTreeMap<Area, Role> {
    let role = |area: &Area| Some((*area, form.text(&role_name(*area)).parse().ok()?));
    Area::ALL.iter().filter_map(role).collect()
}

fn person_line(visit: &Visit, person: &PersonRecord) -> PersonLine {
    let state = match (person.active, person.accepted) {
        (false, _) => "accounts-state-inactive",
        (true, false) => "accounts-state-invited",
        (true, true) => "accounts-state-active",
    };
    let roles = roles_in_words(visit, &person.roles, person.administrator);
    PersonLine {
        id: person.id,
        name: person.name.clone(),
        email: person.email.clone(),
        roles: if roles.is_empty() {
            visit.l().text("accounts-role-none")
        } else {
            roles.join(", ")
        },
        state: visit.l().text(state),
        active: person.active,
    }
}

pub(super) async fn invite(visit: Visit, form: FormData) -> Result<Response, Problem> {
    let ground = visit.ground();
    let new = NewPerson {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        language: visit.l().tag().to_string(),
        administrator: form.text("administrator") == "yes",
        roles: chosen_roles(&form),
    };
    match people::invite(&ground.store, &visit.actor(), &new, visit.at()).await {
        Ok((_, token)) => {
            let link = format!("{}/invitation/{}", ground.settings.origin, token.as_str());
            Ok(
                people_page(&visit, &FormData::default(), Errors::none(), Some(link))
                    .await?
                    .into_response(),
            )
        }
        Err(error) if !error.is_broken() => {
            let field = if matches!(error, AccountError::Name) {
                "name"
            } else {
                "email"
            };
            let mut errors = Errors::none();
            errors.add(visit.l(), field, &message(&error));
            let html = people_page(&visit, &form, errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    errors: Errors,
    line: PersonLine,
    roles: Vec<Field>,
    administrator: Field,
    parties: Option<PartyFields>,
    second_factor: bool,
    passkeys: Vec<PasskeyInfo>,
    link: Option<String>,
}

pub(super) async fn person(visit: Visit, Path(id): Path<Id>) -> Result<Html<String>, Problem> {
    let found = by_id(&visit, id).await?;
    person_page(&visit, &found, &roles_form(&found), Errors::none(), None).await
}

/// The form as the person's roles fill it in.
fn roles_form(person: &PersonRecord) -> FormData {
    let mut form = FormData::default();
    for (area, role) in &person.roles {
        form.set(&role_name(*area), role.as_str());
    }
    if person.administrator {
        form.set("administrator", "yes");
    }
    for party in person.parties.iter() {
        form.push("party", party.as_str());
    }
    form.set("body", person.parties.body().unwrap_or_default());
    let key = person.parties.key().map(|key| key.to_string());
    form.set("key", key.unwrap_or_default());
    form
}

/// What a person is in the sealed process of the office.
struct PartyFields {
    party: Field,
    body: Field,
    key: Field,
}

/// The fields of an office that has such a process.
fn party_fields(visit: &Visit, form: &FormData, errors: &Errors) -> Option<PartyFields> {
    let (l, process) = (visit.l(), visit.ground().profile.process.as_ref()?);
    let parties = Party::ALL.iter().map(|party| {
        (
            party.to_string(),
            l.text(&format!("accounts-party-{party}")),
        )
    });
    let bodies = process.bodies.iter().map(|body| {
        (
            body.key.clone(),
            body.name.in_language(l.tag().as_str()).to_owned(),
        )
    });
    let keys = ["1", "2"].map(|key| (key.to_owned(), l.text(&format!("accounts-key-{key}"))));
    Some(PartyFields {
        party: Field::new(l, "party", "accounts-parties", form, errors)
            .hint(l, "accounts-parties-hint")
            .choices(form, parties),
        body: Field::new(l, "body", "accounts-party-body", form, errors)
            .choices(form, bodies)
            .or_none(l.text("accounts-role-none")),
        key: Field::new(l, "key", "accounts-party-key", form, errors)
            .choices(form, keys)
            .or_none(l.text("accounts-role-none")),
    })
}

/// Sets what a person is in the sealed process.
pub(super) async fn set_party(
    visit: Visit,
    Path(id): Path<Id>,
    form: FormData,
) -> Result<Response, Problem> {
    let process = visit.ground().profile.process.as_ref();
    let process = process.ok_or(Problem::NotFound)?;
    let chosen = form.all("party");
    let parties: Vec<Party> = chosen.iter().filter_map(|word| word.parse().ok()).collect();
    let body = form
        .some("body")
        .filter(|key| process.bodies.get(key).is_some());
    let key = form.some("key").and_then(|key| key.parse().ok());
    match Parties::new(parties, body, key) {
        Ok(parties) => {
            let store = &visit.ground().store;
            set_parties(store, &visit.actor(), id, &parties, visit.at()).await?;
            Ok(visit.done("accounts-roles-set", &format!("/people/{id}")))
        }
        Err(problem) => {
            let (field, label) = match problem {
                PartyProblem::Apart(..) => ("party", "accounts-error-parties-apart"),
                PartyProblem::Body => ("body", "accounts-error-party-body"),
                PartyProblem::Key => ("key", "accounts-error-party-key"),
            };
            let mut errors = Errors::none();
            errors.add(visit.l(), field, &mandate_language::Message::new(label));
            let found = by_id(&visit, id).await?;
            let mut shown = roles_form(&found);
            for name in ["party", "body", "key"] {
                shown.set(name, "");
            }
            for (name, value) in form.fields() {
                shown.push(name, value);
            }
            let html = person_page(&visit, &found, &shown, errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn by_id(visit: &Visit, id: Id) -> Result<PersonRecord, Problem> {
    people::by_id(&mut visit.ground().store.clone(), id)
        .await?
        .ok_or(Problem::NotFound)
}

async fn person_page(
    visit: &Visit,
    person: &PersonRecord,
    form: &FormData,
    errors: Errors,
    link: Option<String>,
) -> Result<Html<String>, Problem> {
    let mut page = visit.page_titled(person.name.clone());
    page.breadcrumbs.push((
        "/people".to_owned(),
        visit.l().text("accounts-people-title"),
    ));
    let page = PersonPage {
        page,
        line: person_line(visit, person),
        second_factor: person.totp,
        passkeys: passkeys(&mut visit.ground().store.clone(), person.id).await?,
        roles: role_fields(visit, form, &errors),
        administrator: administrator_field(visit, form, &errors),
        parties: party_fields(visit, form, &errors),
        errors,
        link,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn set_roles(
    visit: Visit,
    Path(id): Path<Id>,
    form: FormData,
) -> Result<Response, Problem> {
    let store = &visit.ground().store;
    let (roles, administrator) = (chosen_roles(&form), form.text("administrator") == "yes");
    let by = visit.actor();
    match people::set_roles(store, &by, id, &roles, administrator, visit.at()).await {
        Ok(()) => {
            // Whoever is no administrator any more may not see the list.
            let own = visit.person()?.id == id && !administrator;
            Ok(visit.done("accounts-roles-set", if own { "/" } else { "/people" }))
        }
        Err(error @ AccountError::LastAdministrator) => {
            let mut errors = Errors::none();
            errors.add(visit.l(), "administrator", &message(&error));
            let found = by_id(&visit, id).await?;
            let html = person_page(&visit, &found, &form, errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// For somebody who lost telephone and recovery codes.
pub(super) async fn end_codes(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    ground
        .accounts
        .remove_totp(&ground.store, &visit.actor(), id, visit.at())
        .await?;
    Ok(visit.done("accounts-second-factor-removed", &format!("/people/{id}")))
}

/// For somebody who lost the device.
pub(super) async fn end_passkey(
    visit: Visit,
    Path(id): Path<Id>,
    form: FormData,
) -> Result<Response, Problem> {
    let ground = visit.ground();
    let passkey = form
        .text("passkey")
        .parse()
        .map_err(|_| Problem::NotFound)?;
    ground
        .accounts
        .remove_passkey(&ground.store, &visit.actor(), id, passkey, visit.at())
        .await?;
    Ok(visit.done("accounts-passkey-removed", &format!("/people/{id}")))
}

pub(super) async fn invite_again(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Html<String>, Problem> {
    let ground = visit.ground();
    let token = people::invite_again(&ground.store, &visit.actor(), id, visit.at()).await?;
    let link = format!("{}/invitation/{}", ground.settings.origin, token.as_str());
    let found = by_id(&visit, id).await?;
    let form = roles_form(&found);
    person_page(&visit, &found, &form, Errors::none(), Some(link)).await
}

pub(super) async fn deactivate(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    let store = &visit.ground().store;
    match people::deactivate(store, &visit.actor(), id, visit.at()).await {
        Ok(()) => Ok(visit.done("accounts-deactivated", "/people")),
        Err(error @ AccountError::LastAdministrator) => {
            let mut errors = Errors::none();
            errors.add(visit.l(), "administrator", &message(&error));
            let found = by_id(&visit, id).await?;
            let html = person_page(&visit, &found, &roles_form(&found), errors, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn reactivate(
    visit: Visit,
    Path(id): Path<Id>,
    _form: FormData,
) -> Result<Response, Problem> {
    people::reactivate(&visit.ground().store, &visit.actor(), id, visit.at()).await?;
    Ok(visit.done("accounts-reactivated", "/people"))
}
